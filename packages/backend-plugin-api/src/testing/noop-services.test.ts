import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import type { z } from 'zod/v3';
import { coreServices } from '../core-services.ts';
import type { TracingServiceSpan } from '../services/tracing.ts';
import { noopServices } from './noop-services.ts';

const request = {} as Request;
const nothingBehind = expect.objectContaining({ code: 'ERR_PLUGIN_API_NOOP_SERVICE', hint: expect.any(String) });

describe('noopServices', () => {
  it('has one for each core service', () => {
    expect(Object.keys(noopServices).sort()).toEqual(Object.keys(coreServices).sort());
  });

  it('takes log lines', () => {
    const logger = noopServices.logger().child({ a: 1 });
    logger.error('x', new TypeError('y'));
    expect(logger.child({})).toBe(logger);
    expect(noopServices.rootLogger().info('x')).toBeUndefined();
  });

  it('reads the configuration that it is given', () => {
    expect(noopServices.config({ pageSize: 10 }).getNumber('pageSize')).toBe(10);
    expect(() => noopServices.config().getNumber('pageSize')).toThrow("'noop.pageSize'");
    expect(noopServices.rootConfig({ a: { b: true } }).getBoolean('a.b')).toBe(true);
    expect(noopServices.rootConfig().keys()).toEqual([]);
  });

  it('forgets what is put into the cache', async () => {
    const cache = noopServices.cache().withOptions({ ttl: 5 });
    await cache.set('a', 1);
    await cache.delete('a');
    expect(await cache.get('a')).toBeUndefined();
  });

  it('knows nobody but itself', async () => {
    const auth = noopServices.auth();
    const none = await auth.getNoneCredentials();
    const own = await auth.getOwnServiceCredentials();
    expect(auth.isPrincipal(none, 'none')).toBe(true);
    expect(auth.isPrincipal(own, 'user')).toBe(false);
    expect(auth.isPrincipal(own, 'unknown')).toBe(true);
    expect(own.principal.subject).toBe('plugin:noop');
    expect(await auth.getPluginRequestToken({ onBehalfOf: own, targetPluginId: 'x' })).toEqual({ token: '' });
    expect(await auth.listPublicServiceKeys()).toEqual({ keys: [] });
    await expect(auth.authenticate('x')).rejects.toMatchObject({ name: 'AuthenticationError' });
    await expect(auth.getLimitedUserToken(own as never)).rejects.toEqual(nothingBehind);
    await expect(noopServices.userInfo().getUserInfo(own)).rejects.toMatchObject({ name: 'AuthenticationError' });
  });

  it('takes every request for one from nobody', async () => {
    const httpAuth = noopServices.httpAuth();
    expect((await httpAuth.credentials(request)).principal).toEqual({ type: 'none' });
    expect((await httpAuth.credentials(request, { allow: ['none', 'user'] })).principal).toEqual({ type: 'none' });
    await expect(httpAuth.credentials(request, { allow: ['user'] })).rejects.toMatchObject({ statusCode: 401 });
    await expect(httpAuth.issueUserCookie({} as Response)).rejects.toEqual(nothingBehind);
  });

  it('schedules nothing', async () => {
    const scheduler = noopServices.scheduler();
    const schedule = { frequency: '1m', timeout: '1m' };
    await scheduler.scheduleTask({ ...schedule, id: 'a', fn() {} });
    await scheduler.createScheduledTaskRunner(schedule).run({ id: 'b', fn() {} });
    expect(await scheduler.getScheduledTasks()).toEqual([]);
    await expect(scheduler.triggerTask('a')).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(scheduler.cancelTask('a')).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('allows everything', async () => {
    const permission = { type: 'basic', name: 'todo.read', attributes: {} } as const;
    const credentials = await noopServices.auth().getNoneCredentials();
    const permissions = noopServices.permissions();
    expect(await permissions.authorize([{ permission }], { credentials })).toEqual([{ result: 'ALLOW' }]);
    expect(await permissions.authorizeConditional([{ permission }], { credentials })).toEqual([{ result: 'ALLOW' }]);
    const registry = noopServices.permissionsRegistry();
    registry.addPermissions([permission]);
    const ruleset = registry.getPermissionRuleset({ pluginId: 'todo', resourceType: 'todo' });
    expect(() => ruleset.getRuleByName('IS_OWNER')).toThrow(expect.objectContaining({ name: 'NotFoundError' }));
  });

  it('knows no actions', async () => {
    const credentials = await noopServices.auth().getNoneCredentials();
    const schema = { input: (zod: typeof z) => zod.object({}), output: (zod: typeof z) => zod.object({}) };
    const text = { name: 'a', title: 'A', description: 'Does a' };
    noopServices.actionsRegistry().register({ ...text, schema, action: async () => ({ output: {} }) });
    expect(await noopServices.actions().list({ credentials })).toEqual({ actions: [] });
    const invoked = noopServices.actions().invoke({ id: 'noop:a', credentials });
    await expect(invoked).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('audits nothing', async () => {
    const event = await noopServices.auditor().createEvent({ eventId: 'todo-delete' });
    expect(await event.success()).toBeUndefined();
    expect(await event.fail({ error: new TypeError('x') })).toBeUndefined();
  });

  it('is a ready host without plugins', async () => {
    const host = noopServices.rootHost();
    expect(host.getPhase()).toBe('ready');
    expect(host.getPlugins()).toEqual([]);
    expect(host.getPlugin('todo')).toBeUndefined();
    expect(host.getStartupReport()).toBeUndefined();
    host.onChange(() => {})();
    host.reportFault('todo', new TypeError('x'));
    expect(await noopServices.rootHealth().getReadiness()).toMatchObject({ status: 200 });
    expect(await noopServices.rootHealth().getLiveness()).toMatchObject({ status: 200 });
    expect(noopServices.rootHealthIndicators()).toEqual([]);
    expect(await noopServices.rootInstanceMetadata().getInstalledPlugins()).toEqual([]);
    expect(await noopServices.rootSystemMetadata().getInstalledPlugins()).toEqual([]);
    expect(noopServices.pluginMetadata().getId()).toBe('noop');
  });

  it('tells nobody what has happened', async () => {
    const events = noopServices.events();
    await events.subscribe({ id: 'a', topics: ['todo'], onEvent: () => Promise.reject(new TypeError('x')) });
    expect(await events.publish({ topic: 'todo', eventPayload: 1 })).toBeUndefined();
  });

  it('measures nothing', () => {
    const metrics = noopServices.metrics();
    metrics.createCounter('a').add(1);
    metrics.createUpDownCounter('b').add(-1);
    metrics.createHistogram('c').record(1);
    metrics.createGauge('d').record(1, { a: 'b' });
    const { createObservableCounter, createObservableUpDownCounter, createObservableGauge } = metrics;
    for (const create of [createObservableCounter, createObservableUpDownCounter, createObservableGauge]) {
      create('e').addCallback(() => {});
      create('e').removeCallback(() => {});
    }
  });

  it('traces nothing, and does the work', async () => {
    const { startActiveSpan, context, propagation } = noopServices.tracing();
    const work = (span: TracingServiceSpan): number => {
      span.setAttribute('a', 1);
      span.setStatus({ code: 'ok' });
      return 5;
    };
    expect(await startActiveSpan('a', work)).toBe(5);
    expect(await startActiveSpan('a', { kind: 'client' }, work)).toBe(5);
    expect(await context.with(propagation.extract(context.active(), {}), () => 6)).toBe(6);
    expect(propagation.getBaggage(context.active())).toBeUndefined();
    expect(propagation.getActiveBaggage()).toBeUndefined();
  });

  it('takes routes and hooks', () => {
    noopServices.httpRouter().use(() => {});
    noopServices.httpRouter().addAuthPolicy({ path: '/', allow: 'unauthenticated' });
    noopServices.httpRouter().onUpgrade('/', () => {});
    noopServices.rootHttpRouter().use('/', () => {});
    noopServices.lifecycle().addStartupHook(() => {});
    noopServices.rootLifecycle().addBeforeShutdownHook(() => {});
  });

  it('finds plugins at the usual place', async () => {
    expect(await noopServices.discovery().getBaseUrl('todo')).toBe('http://localhost:7007/api/todo');
    expect(await noopServices.discovery().getExternalBaseUrl('todo')).toBe('http://localhost:7007/api/todo');
  });

  it('says where to turn when there is nothing behind it', async () => {
    await expect(noopServices.database().getClient()).rejects.toEqual(nothingBehind);
    const urls = noopServices.urlReader();
    await expect(urls.readUrl('https://example.com')).rejects.toEqual(nothingBehind);
    await expect(urls.readTree('https://example.com')).rejects.toEqual(nothingBehind);
    await expect(urls.search('https://example.com')).rejects.toEqual(nothingBehind);
  });
});
