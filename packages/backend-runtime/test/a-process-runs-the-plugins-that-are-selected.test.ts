import { coreServices, createBackendFeatureLoader } from '@bulkhead/backend-plugin-api';
import { ProblemsError } from '@bulkhead/errors';
import { describe, expect, it } from '@jest/globals';
import { renderPlanAsText, type PlanCheckContext, type PluginSelection } from '../src/index.ts';
import { backendOf, module, plugin, problemsOf } from './fixtures/features.ts';
import { ref, service } from './fixtures/graph-services.ts';

const only =
  (...ids: readonly string[]): PluginSelection =>
  () =>
  (pluginId) =>
    ids.includes(pluginId);

describe('a process for which plugins are selected', () => {
  it('runs these and their modules, and says which ones it leaves to others', async () => {
    const events: string[] = [];
    const note = (what: string) => ({ init: () => events.push(what) });
    const backend = backendOf(
      [
        plugin('todo', note('todo')),
        module('todo', 'audit', note('audit')),
        plugin('digest', note('digest')),
        module('digest', 'mail', note('mail')),
        createBackendFeatureLoader({ loader: async () => [plugin('search', note('search'))] }),
      ],
      { select: only('todo') },
    );
    const plan = await backend.plan();
    expect(plan.leftOut).toEqual([
      { pluginId: 'digest', reason: 'unselected', problems: [] },
      { pluginId: 'search', reason: 'unselected', problems: [] },
    ]);
    expect(renderPlanAsText(plan)).toContain('digest: not for this process');
    await backend.start();
    expect(events).toEqual(['audit', 'todo']);
    expect(backend.lines.filter(({ level }) => level === 'error')).toEqual([]);
    await backend.stop();
  });

  it('knows nothing of the others, which are not there for it', async () => {
    const seen: unknown[] = [];
    const backend = backendOf(
      [
        plugin('digest'),
        plugin('todo', {
          deps: { host: coreServices.rootHost },
          init: ({ host }) =>
            seen.push(
              host.getPlugin('digest'),
              host.getPlugins().map(({ pluginId }) => pluginId),
            ),
        }),
      ],
      { select: only('todo') },
    );
    await backend.start();
    expect(seen).toEqual([undefined, ['todo']]);
    await backend.stop();
  });

  it('keeps services, whoever needs them', async () => {
    const backend = backendOf([plugin('todo', { deps: { a: ref('a') } }), service('a')], { select: only('todo') });
    expect((await backend.plan()).services.map(({ id }) => id)).toContain('a');
    await backend.stop();
  });

  it('does not care what is wrong with the others', async () => {
    const backend = backendOf(
      [
        plugin('todo'),
        plugin('digest', { deps: { x: ref('missing') } }),
        plugin('twice'),
        plugin('twice'),
        module('digest', 'm', { deps: { x: ref('missing') } }),
      ],
      { select: only('todo') },
    );
    backend.add(Promise.reject(new Error('gone')), { pluginId: 'search' });
    await expect(backend.start()).resolves.toMatchObject({ outcome: 'success' });
    await backend.stop();
  });

  it('still finds modules that belong to no plugin, and imports that fail', async () => {
    const backend = backendOf([plugin('todo'), module('tood', 'm')], { select: only('todo') });
    backend.add(Promise.reject(new Error('gone')));
    expect((await problemsOf(backend)).map(({ code }) => code)).toEqual([
      'ERR_RUNTIME_IMPORT_FAILED',
      'ERR_RUNTIME_MISSING_PLUGIN',
    ]);
  });

  it('selects by the configuration', async () => {
    const select: PluginSelection =
      ({ rootConfig }) =>
      (pluginId) =>
        rootConfig!.getStringArray('mine').includes(pluginId);
    const backend = backendOf([plugin('todo'), plugin('digest')], { select, config: { mine: ['digest'] } });
    expect((await backend.plan()).plugins).toMatchObject([{ pluginId: 'digest' }]);
    await backend.stop();
  });

  it('does not start when nobody can say what to select', async () => {
    const select: PluginSelection = () => {
      throw new ProblemsError('ERR_TEST', 'no', [{ code: 'ERR_TEST_SELECTION', message: 'There is no such process' }]);
    };
    const backend = backendOf([plugin('todo')], { select });
    expect(await problemsOf(backend)).toEqual([{ code: 'ERR_TEST_SELECTION', message: 'There is no such process' }]);
  });
});

describe('a check of the plan', () => {
  it.each([
    ['all that was added could be had', [plugin('todo')], false],
    ['something is there twice', [plugin('todo'), plugin('todo')], true],
    ['something is no feature', [plugin('todo'), {} as never], true],
  ])('is told whether the plan is complete: %s', async (_, features, isIncomplete) => {
    let seen: PlanCheckContext | undefined;
    const backend = backendOf(features, { checks: [(_plan, context) => ((seen = context), [])] });
    await backend.plan().catch(() => {});
    expect(seen?.isIncomplete).toBe(isIncomplete);
    await backend.stop();
  });
});
