import { describe, expect, it } from '@jest/globals';
import { coreServices, createExtensionPoint, createServiceFactory } from '@bulkhead/backend-plugin-api';
import type { BackendStartupError } from '../../src/index.ts';
import { createExtensionPointMiddleware } from '../../src/index.ts';
import { backendOf, deferred, module, plugin, rejectionOf } from '../fixtures/features.ts';
import { continueAll, failedReport, failing, ref } from '../fixtures/initializer.ts';

describe('BackendInitializer: results and middleware', () => {
  describe('results', () => {
    it('43 success result shape and order', async () => {
      const gate = deferred();
      const backend = backendOf([
        plugin('slow', { init: () => gate.promise }),
        plugin('fast', { init: () => gate.resolve() }),
        module('fast', 'm'),
      ]);
      const report = await backend.start();
      const at = expect.any(Date);
      expect(report).toMatchObject({ beginAt: at, resultAt: at, outcome: 'success' });
      expect(report.plugins.map(({ pluginId }) => pluginId).toSorted()).toEqual(['fast', 'slow']);
      expect(report.plugins.find(({ pluginId }) => pluginId === 'fast')).toEqual({
        pluginId: 'fast',
        resultAt: at,
        modules: [{ moduleId: 'm', resultAt: at }],
      });
      await backend.stop();
    });

    it('43 results stand in the order in which they ended', async () => {
      const ended = deferred();
      const backend = backendOf([
        plugin('first-added', { init: () => ended.promise }),
        plugin('last-added', { deps: { lifecycle: coreServices.lifecycle } }),
      ]);
      const started = backend.start();
      setImmediate(() => ended.resolve());
      expect((await started).plugins.map(({ pluginId }) => pluginId)).toEqual(['last-added', 'first-added']);
      await backend.stop();
    });

    const thrown = { p: new Error('p'), m: new Error('m'), q: new Error('q') };
    const throwing = (error: Error) => (): never => {
      throw error;
    };

    it('44-46 BackendStartupError carries results for plugin/module/multiple failures, identical error objects', async () => {
      const report = await failedReport(
        backendOf([
          plugin('p', { init: throwing(thrown.p) }),
          module('p', 'm', { init: throwing(thrown.m) }),
          plugin('q', { init: throwing(thrown.q) }),
          plugin('fine'),
        ]).start(),
      );
      expect(report.outcome).toBe('failure');
      const [p, q] = ['p', 'q'].map((id) => report.plugins.find(({ pluginId }) => pluginId === id)!);
      expect(p!.failure!.error).toBe(thrown.p);
      expect(p!.modules[0]!.failure!.error).toBe(thrown.m);
      expect(q!.failure!.error).toBe(thrown.q);
      expect(report.plugins.find(({ pluginId }) => pluginId === 'fine')).not.toHaveProperty('failure');
    });

    it('47-48 tolerated failures flagged allowed', async () => {
      const backend = backendOf(
        [plugin('p', { init: throwing(thrown.p) }), plugin('q'), module('q', 'm', { init: throwing(thrown.m) })],
        { config: continueAll },
      );
      const report = await backend.start();
      expect(report.outcome).toBe('success');
      expect(report.plugins.find(({ pluginId }) => pluginId === 'p')!.failure).toEqual({
        error: thrown.p,
        allowed: true,
      });
      expect(report.plugins.find(({ pluginId }) => pluginId === 'q')).toMatchObject({
        modules: [{ moduleId: 'm', failure: { error: thrown.m, allowed: true } }],
      });
      await backend.stop();
    });

    it('49 all module results kept', async () => {
      const report = await failedReport(
        backendOf([
          plugin('p'),
          module('p', 'one'),
          module('p', 'two', { init: throwing(thrown.m) }),
          module('p', 'three'),
        ]).start(),
      );
      const ids = report.plugins[0]!.modules.map(({ moduleId, failure }) => [moduleId, failure?.error]);
      expect(ids).toHaveLength(3);
      expect(ids).toEqual(
        expect.arrayContaining([
          ['one', undefined],
          ['two', thrown.m],
          ['three', undefined],
        ]),
      );
    });

    it('50 plugin without modules has empty list', async () => {
      const backend = backendOf([plugin('p')]);
      expect((await backend.start()).plugins).toMatchObject([{ pluginId: 'p', modules: [] }]);
      await backend.stop();
    });

    it('51 message format and result together', async () => {
      const error = (await rejectionOf(
        backendOf([
          plugin('p', { init: throwing(thrown.p) }),
          module('p', 'm', { init: throwing(thrown.m) }),
          plugin('q', { init: throwing(thrown.q) }),
        ]).start(),
      )) as BackendStartupError;
      expect(error.message).toMatch(/^The backend could not start: .* and .* failed$/);
      for (const what of ["plugin 'p'", "module 'm' of plugin 'p'", "plugin 'q'"]) {
        expect(error.message).toContain(what);
      }
      expect(error.errors.map((each) => [(each as { code?: string }).code, each.cause])).toEqual(
        expect.arrayContaining([
          ['ERR_RUNTIME_STARTUP_FAULT', thrown.p],
          ['ERR_RUNTIME_STARTUP_FAULT', thrown.m],
          ['ERR_RUNTIME_STARTUP_FAULT', thrown.q],
        ]),
      );
      expect(error.report.outcome).toBe('failure');
    });
  });

  it('52-53 plugin service factory failure charged to plugin, tolerable', async () => {
    const broken = createServiceFactory({ service: ref, deps: {}, factory: failing('no service') });
    const features = [broken, plugin('p', { deps: { ref } }), plugin('q')];
    const report = await failedReport(backendOf(features).start());
    expect(report.plugins.find(({ pluginId }) => pluginId === 'p')!.failure).toMatchObject({
      allowed: false,
      error: { code: 'ERR_RUNTIME_SERVICE_FAILED', cause: new Error('no service') },
    });

    const tolerant = backendOf(features, { config: continueAll });
    const { plugins } = await tolerant.start();
    expect(plugins.find(({ pluginId }) => pluginId === 'p')!.failure).toMatchObject({ allowed: true });
    expect(plugins.find(({ pluginId }) => pluginId === 'q')).not.toHaveProperty('failure');
    await tolerant.stop();
  });

  describe('54-58 middleware', () => {
    const textPoint = createExtensionPoint<string>({ id: 'test.text' });
    const wrap = (extensionPoint: typeof textPoint, suffix: string) =>
      createExtensionPointMiddleware({ extensionPoint, wrap: (original) => `${original}${suffix}` });
    const seenWith = async (...middleware: ReturnType<typeof wrap>[]): Promise<unknown> => {
      let seen: unknown;
      const backend = backendOf(
        [
          plugin('p', { offers: [[textPoint, 'text']] }),
          module('p', 'm', { deps: { textPoint }, init: (deps) => (seen = deps.textPoint) }),
        ],
        { extensionPointMiddleware: middleware },
      );
      await backend.start();
      await backend.stop();
      return seen;
    };
    const other = createExtensionPoint<string>({ id: 'test.unknown' });

    it('54 applies', async () => expect(await seenWith(wrap(textPoint, '!'))).toBe('text!'));
    it('55 ignores others', async () => expect(await seenWith(wrap(other, '!'), wrap(textPoint, '?'))).toBe('text?'));
    it('56 chains in order', async () =>
      expect(await seenWith(wrap(textPoint, '1'), wrap(textPoint, '2'))).toBe('text12'));
    it('57 unknown target harmless', async () => expect(await seenWith(wrap(other, '!'))).toBe('text'));
    it('58 absent = passthrough', async () => expect(await seenWith()).toBe('text'));
  });
});
