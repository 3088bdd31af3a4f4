import { describe, expect, it } from '@jest/globals';
import { coreServices, createExtensionPoint } from '@bulkhead/backend-plugin-api';
import type { PlanCheck } from '../src/index.ts';
import { backendOf, module, plugin, problemsOf } from './fixtures/features.ts';
import { ref, service } from './fixtures/graph-services.ts';

describe('the failure policy, applied to what is found before anything starts', () => {
  const tolerant = { backend: { startup: { plugins: { bad: { onPluginBootFailure: 'continue' } } } } };

  it('leaves a plugin out that is at fault, with its modules, and answers for it', async () => {
    const events: string[] = [];
    const check: PlanCheck = ({ plugins }) =>
      plugins
        .filter(({ pluginId }) => pluginId === 'bad')
        .map(({ pluginId }) => ({ code: 'ERR_TEST', message: 'unfit', pluginId }));
    const backend = backendOf(
      [
        plugin('bad', { deps: { x: ref('missing') }, init: () => events.push('bad') }),
        module('bad', 'm', { deps: { y: ref('missing') }, init: () => events.push('module of bad') }),
        plugin('good', {
          deps: { host: coreServices.rootHost },
          init: ({ host }) => events.push(host.getPlugin('bad')!.phase),
        }),
      ],
      { config: tolerant, checks: [check] },
    );
    const plan = await backend.plan();
    expect(plan.plugins.map(({ pluginId }) => pluginId)).toEqual(['good']);
    expect(plan.leftOut).toMatchObject([
      { pluginId: 'bad', reason: 'failure', problems: [{ code: 'ERR_RUNTIME_MISSING_SERVICE' }] },
    ]);
    await backend.start();
    expect(events).toEqual(['failed']);
    await backend.stop();
  });

  it('leaves out what a check refuses', async () => {
    const check: PlanCheck = () => [{ code: 'ERR_TEST', message: 'unfit', pluginId: 'bad' }];
    const backend = backendOf([plugin('bad'), plugin('good')], { config: tolerant, checks: [check] });
    expect(await backend.plan()).toMatchObject({
      plugins: [{ pluginId: 'good' }],
      leftOut: [{ pluginId: 'bad', problems: [{ message: 'unfit' }] }],
    });
    await backend.stop();
  });

  it('charges an import that fails to the plugin that it was to be installed as', async () => {
    const backend = backendOf([plugin('good')], { config: tolerant });
    backend.add(Promise.reject(new Error('gone')), { pluginId: 'bad' });
    await expect(backend.start()).resolves.toMatchObject({ outcome: 'success' });
    await backend.stop();
  });

  it('goes on to what misses the thing that was left out', async () => {
    const point = createExtensionPoint<unknown>({ id: 'point' });
    const backend = backendOf(
      [
        plugin('p'),
        module('p', 'provider', { offers: [[point, {}]], deps: { x: ref('missing') } }),
        module('p', 'consumer', { deps: { point } }),
        module('p', 'other'),
      ],
      { config: { backend: { startup: { default: { onPluginModuleBootFailure: 'continue' } } } } },
    );
    const plan = await backend.plan();
    expect(plan.plugins[0]!.modules.map(({ moduleId }) => moduleId)).toEqual(['other']);
    expect(plan.leftOut.map(({ moduleId, problems }) => [moduleId, problems[0]!.code])).toEqual([
      ['provider', 'ERR_RUNTIME_MISSING_SERVICE'],
      ['consumer', 'ERR_RUNTIME_UNKNOWN_EXTENSION_POINT'],
    ]);
    await backend.stop();
  });

  it('never tolerates a fault of the host', async () => {
    const backend = backendOf([plugin('bad', { deps: { a: ref('a') } }), service('a', ['missing'])], {
      config: tolerant,
    });
    expect(await problemsOf(backend)).toMatchObject([
      { message: "Nobody provides service 'missing': plugin 'bad' -> service 'a' -> ?" },
    ]);
  });

  it('leaves out what is switched off, without a word', async () => {
    const startup = { default: { enabled: false }, plugins: { only: { enabled: true } } };
    const backend = backendOf(
      [plugin('only'), module('only', 'm'), plugin('other', { deps: { x: ref('missing') } }), module('absent', 'm')],
      { config: { backend: { startup } } },
    );
    const plan = await backend.plan();
    expect(plan.plugins).toMatchObject([{ pluginId: 'only', modules: [{ moduleId: 'm' }] }]);
    expect(plan.leftOut.map(({ pluginId, reason }) => [pluginId, reason])).toEqual([
      ['other', 'disabled'],
      ['absent', 'disabled'],
    ]);
    await backend.start();
    expect(backend.lines.filter(({ level }) => level === 'error')).toEqual([]);
    await backend.stop();
  });
});
