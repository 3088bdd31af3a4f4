import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendPlugin,
  executionContext,
  type BackendFeature,
  type EventsService,
} from '@bulkhead/backend-plugin-api';
import { mockCredentials, startTestBackend } from '@bulkhead/backend-test-utils';
import express from 'express';
import { EventBus } from './event-bus.ts';
import { Inbox } from './inbox.ts';

/** The plugin `events`, over a store that all replicas share, as they do a database. */
function eventsPlugin(bus: EventBus): BackendFeature {
  return createBackendPlugin({
    pluginId: 'events',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter },
        init: async ({ http }) => http.use(bus.createRouter()),
      });
    },
  });
}

/** Publishes what it is sent. */
function publisher(): BackendFeature {
  return createBackendPlugin({
    pluginId: 'publisher',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, events: coreServices.events },
        init: async ({ http, events }) => {
          const router = express.Router();
          router.post('/:id', async ({ params }, response) => {
            await events.publish({ topic: 'made', eventPayload: params.id });
            response.status(204).end();
          });
          http.use(router);
        },
      });
    },
  });
}

/** Puts what it takes, and as which plugin, into a list. */
function subscriber(inbox: Inbox, pluginId = 'subscriber'): BackendFeature {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: { events: coreServices.events },
        init: async ({ events }) => {
          const onEvent = async ({ eventPayload }: { readonly eventPayload: unknown }): Promise<void> =>
            inbox.put([executionContext.current()?.pluginId, eventPayload]);
          await events.subscribe({ id: 'keeper', topics: ['made'], onEvent });
        },
      });
    },
  });
}

describe('A host', () => {
  it('brings events from plugin to plugin, and asks for no bus that cannot be there', async () => {
    const inbox = new Inbox();
    const { agent, logs } = await startTestBackend({ features: [publisher(), subscriber(inbox)] });
    await agent.post('/api/publisher/one').expect(204);
    await agent.post('/api/publisher/two').expect(204);
    expect(inbox.items).toEqual([
      ['subscriber', 'one'],
      ['subscriber', 'two'],
    ]);
    const about = logs.lines.filter(({ message }) => message.includes('event bus'));
    expect(about).toMatchObject([{ level: 'info' }]);
    expect(logs.lines.filter(({ message }) => message.includes('/api/events'))).toEqual([]);
    expect(logs.messages('warn')).toEqual([]);
  });

  it('uses the bus that is one of its own plugins, as the plugins that they are', async () => {
    const [bus, inbox] = [new EventBus(), new Inbox()];
    const features = [publisher(), subscriber(inbox), subscriber(inbox, 'other'), eventsPlugin(bus)];
    const { agent, logs, stop } = await startTestBackend({ features });
    await bus.until(() => bus.held.size === 2);
    await agent.post('/api/publisher/one').expect(204);
    await stop();
    expect(inbox.items).toEqual([
      ['subscriber', 'one'],
      ['other', 'one'],
    ]);
    expect([...bus.subscriptions.keys()].sort()).toEqual(['other.keeper', 'subscriber.keeper']);
    const published = bus.requests.find(({ method }) => method === 'POST')!;
    expect(published).toMatchObject({ body: { notifiedSubscribers: ['subscriber.keeper', 'other.keeper'] } });
    expect(published.authorization).toContain('plugin:publisher');
    // What the bus holds back for plugins of the host would hold up its end.
    expect(bus.held.size).toBe(0);
    expect(logs.messages('warn')).toEqual([]);
    expect(logs.messages('error')).toEqual([]);
  });

  it('publishes what a request under way still has to tell when it is stopped', async () => {
    const [bus, inbox] = [new EventBus(), new Inbox()];
    let whenStopping!: () => void;
    const stopping = new Promise<void>((resolve) => (whenStopping = resolve));
    const late = createBackendPlugin({
      pluginId: 'late',
      register(env) {
        env.registerInit({
          deps: { http: coreServices.httpRouter, events: coreServices.events, life: coreServices.rootLifecycle },
          init: async ({ http, events, life }) => {
            life.addDrainHook(whenStopping);
            http.use(async (_request, response) => {
              inbox.put('asked');
              await stopping;
              await events.publish({ topic: 'made', eventPayload: 'late' });
              response.status(204).end();
            });
          },
        });
      },
    });
    const { agent, stop } = await startTestBackend({ features: [late, subscriber(inbox), eventsPlugin(bus)] });
    const answered = agent.get('/api/late').expect(204);
    const [, response] = await Promise.all([inbox.has(1).then(stop), answered]);
    expect(response.status).toBe(204);
    expect(inbox.items).toEqual(['asked', ['subscriber', 'late']]);
    expect(bus.requests.some(({ method }) => method === 'POST')).toBe(true);
  });
});

it('A host whose bus holds answers back for others stops at once', async () => {
  const bus = new EventBus();
  const { url, logs, stop } = await startTestBackend({ features: [eventsPlugin(bus), subscriber(new Inbox())] });
  const headers = { authorization: mockCredentials.service().header, 'content-type': 'application/json' };
  const subscription = `${url}/api/events/bus/v1/subscriptions/other.keeper`;
  await fetch(subscription, { method: 'PUT', headers, body: '{"topics":["made"]}' });
  const response = await fetch(`${subscription}/events`, { headers });
  expect(response.status).toBe(202);
  await stop();
  // It has ended as it does when there are events, and was not cut off.
  expect(await response.text()).toBe('');
  expect(logs.messages('warn')).toEqual([]);
});

it('A plugin that has failed to start takes no events away from its replicas', async () => {
  const [bus, inbox] = [new EventBus(), new Inbox()];
  const failing = createBackendPlugin({
    pluginId: 'failing',
    register(env) {
      env.registerInit({
        deps: { events: coreServices.events },
        init: async ({ events }) => {
          await events.subscribe({ id: 'keeper', topics: ['made'], onEvent: async () => inbox.put('failing') });
          throw new TypeError('no');
        },
      });
    },
  });
  const { agent } = await startTestBackend({
    features: [failing, publisher(), eventsPlugin(bus)],
    config: { backend: { startup: { plugins: { failing: { onPluginBootFailure: 'continue' } } } } },
  });
  await agent.post('/api/publisher/one').expect(204);
  expect(inbox.items).toEqual([]);
  expect(bus.requests.find(({ method }) => method === 'POST')).toMatchObject({ body: { notifiedSubscribers: [] } });
  await bus.until(() => bus.held.size === 0);
});

it('Hosts share events through their database', async () => {
  const [bus, inbox] = [new EventBus(), new Inbox()];
  const features = [publisher(), subscriber(inbox), eventsPlugin(bus)];
  const { agent, as, stop, logs } = await startTestBackend({ features, replicas: 2 });
  await bus.until(() => bus.held.size === 2);
  const ids = Array.from({ length: 20 }, (_, index) => `id-${index}`);
  for (const id of ids) await agent.post(`/api/publisher/${id}`).expect(204);
  await inbox.has(ids.length);
  await as(mockCredentials.user()).post('/api/publisher/last').expect(204);
  await stop();
  expect(inbox.items.map((item) => (item as string[])[1]).sort()).toEqual([...ids, 'last'].sort());
  expect(logs.messages('error')).toEqual([]);
});

it('A plugin that publishes while it starts waits for the bus to come up', async () => {
  const [bus, inbox] = [new EventBus(), new Inbox()];
  let events!: EventsService;
  const early = createBackendPlugin({
    pluginId: 'early',
    register(env) {
      env.registerInit({
        deps: { events: coreServices.events },
        init: async (deps) => {
          events = deps.events;
          await events.publish({ topic: 'made', eventPayload: 'early' });
        },
      });
    },
  });
  await startTestBackend({ features: [early, subscriber(inbox, 'a-subscriber'), eventsPlugin(bus)] });
  expect(bus.requests.some(({ method }) => method === 'POST')).toBe(true);
  await events.publish({ topic: 'made', eventPayload: 'later' });
  expect(inbox.items.map((item) => (item as string[])[1])).toContain('later');
});
