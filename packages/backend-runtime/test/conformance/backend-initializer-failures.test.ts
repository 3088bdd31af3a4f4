import { describe, expect, it } from '@jest/globals';
import {
  createBackendPlugin,
  createExtensionPoint,
  type BackendFeature,
  type ExtensionPointContext,
} from '@bulkhead/backend-plugin-api';
import { createSpecializedBackend } from '../../src/index.ts';
import { backendOf, module, plugin, problemsOf, rejectionOf, stderrOf } from '../fixtures/features.ts';
import { continueAll, failedReport, failing, point } from '../fixtures/initializer.ts';

describe('BackendInitializer: failures', () => {
  it('18 plugin init error forwarded', async () => {
    const thrown = new Error('no way');
    const error = await rejectionOf(
      backendOf([
        plugin('p', {
          init() {
            throw thrown;
          },
        }),
      ]).start(),
    );
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_STARTUP_FAILED',
      message: "The backend could not start: plugin 'p' failed",
    });
    expect(error.cause).toBe(thrown);
  });

  const failingPlugin = plugin('p', { init: failing('no way') });
  const failingModule = module('p', 'm', { init: failing('no way') });
  const policy = (startup: object): { config: never } => ({ config: { backend: { startup } } as never });

  it('19-20 continue per plugin / by default', async () => {
    for (const startup of [
      { plugins: { p: { onPluginBootFailure: 'continue' } } },
      { default: { onPluginBootFailure: 'continue' } },
    ]) {
      const backend = backendOf([failingPlugin, plugin('q')], policy(startup));
      await expect(backend.start()).resolves.toMatchObject({ outcome: 'success' });
      await backend.stop();
    }
  });

  it('21 explicit abort beats default continue', async () => {
    const startup = { default: { onPluginBootFailure: 'continue' }, plugins: { p: { onPluginBootFailure: 'abort' } } };
    const error = await rejectionOf(backendOf([failingPlugin], policy(startup)).start());
    expect(error.code).toBe('ERR_RUNTIME_STARTUP_FAILED');
  });

  it('22 module error forwarded', async () => {
    const error = await rejectionOf(backendOf([plugin('p'), failingModule]).start());
    expect(error).toMatchObject({
      message: "The backend could not start: module 'm' of plugin 'p' failed",
      cause: new Error('no way'),
    });
  });

  it('23 continue per module', async () => {
    const startup = { plugins: { p: { modules: { m: { onPluginModuleBootFailure: 'continue' } } } } };
    const backend = backendOf([plugin('p'), failingModule], policy(startup));
    await expect(backend.start()).resolves.toMatchObject({ outcome: 'success' });
    await backend.stop();
  });

  it('24 extension point may report a module failure later; result amended, allowed flag kept', async () => {
    const reporting = (): BackendFeature[] => {
      const reports: (() => void)[] = [];
      const factory = ({ reportModuleStartupFailure }: ExtensionPointContext): unknown => {
        reports.push(() => reportModuleStartupFailure({ error: new Error('found faulty') }));
        return {};
      };
      return [
        plugin('p', {
          offers: [{ extensionPoint: point, factory }],
          init: () => reports.forEach((report) => report()),
        }),
        module('p', 'm', { deps: { point } }),
      ];
    };
    const report = await failedReport(backendOf(reporting()).start());
    const amended = (allowed: boolean): object => ({
      pluginId: 'p',
      modules: [{ moduleId: 'm', failure: { error: new Error('found faulty'), allowed } }],
    });
    expect(report.plugins).toMatchObject([amended(false)]);

    const tolerant = backendOf(reporting(), { config: continueAll });
    expect((await tolerant.start()).plugins).toMatchObject([amended(true)]);
    await tolerant.stop();
  });

  it('24 extension point may report a module failure during its init and after the start', async () => {
    const contextPoint = createExtensionPoint<ExtensionPointContext>({ id: 'test.context' });
    let late: ExtensionPointContext | undefined;
    const factory = (context: ExtensionPointContext): ExtensionPointContext => context;
    const features = (init: (context: ExtensionPointContext) => void): BackendFeature[] => [
      plugin('p', { offers: [{ extensionPoint: contextPoint, factory }] }),
      module('p', 'm', { deps: { contextPoint }, init: (deps) => init(deps.contextPoint) }),
    ];
    const early = backendOf(features((context) => context.reportModuleStartupFailure({ error: new Error('early') })));
    expect((await failedReport(early.start())).plugins).toMatchObject([
      { modules: [{ moduleId: 'm', failure: { error: new Error('early'), allowed: false } }] },
    ]);

    const running = backendOf(features((context) => (late = context)));
    const report = await running.start();
    late!.reportModuleStartupFailure({ error: new Error('late') });
    expect(report.plugins).toMatchObject([{ modules: [{ failure: { error: new Error('late'), allowed: false } }] }]);
    expect(running.lines).toContainEqual({
      level: 'error',
      plugin: 'p',
      message: "Plugin 'p' has a fault",
      meta: new Error('late'),
    });
    await running.stop();
  });

  it('25 default module continue', async () => {
    const backend = backendOf(
      [plugin('p'), failingModule],
      policy({ default: { onPluginModuleBootFailure: 'continue' } }),
    );
    await expect(backend.start()).resolves.toMatchObject({ outcome: 'success' });
    await backend.stop();
  });

  it('26 explicit module abort', async () => {
    const startup = {
      default: { onPluginModuleBootFailure: 'continue' },
      plugins: { p: { modules: { m: { onPluginModuleBootFailure: 'abort' } } } },
    };
    const error = await rejectionOf(backendOf([plugin('p'), failingModule], policy(startup)).start());
    expect(error.code).toBe('ERR_RUNTIME_STARTUP_FAILED');
  });

  it('27 module failure without any services installed', async () => {
    const backend = createSpecializedBackend();
    backend.add(plugin('p'));
    backend.add(failingModule);
    expect(await stderrOf(() => failedReport(backend.start()))).toBe(
      "error: Module 'm' of plugin 'p' failed to start\nError: no way\n",
    );
  });

  it('28 duplicate plugin rejected through result', async () => {
    expect(await problemsOf(backendOf([plugin('p'), plugin('q'), plugin('p')]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_DUPLICATE_PLUGIN',
        message:
          "Plugin 'p' is installed more than once: feature 1 in the order of backend.add(), feature 3 in the order of backend.add()",
      },
    ]);
  });

  it('29 duplicate module rejected', async () => {
    expect(await problemsOf(backendOf([plugin('p'), module('p', 'm'), module('p', 'm')]))).toMatchObject([
      { code: 'ERR_RUNTIME_DUPLICATE_MODULE', pluginId: 'p', moduleId: 'm' },
    ]);
  });

  const throwing = createBackendPlugin({ pluginId: 'throws', register: failing('register fails') });

  it('30 others still start when one has a registration error', async () => {
    // Nothing runs before the graph is sound, so the others' registrations are checked, and they start under `continue`.
    const problems = await problemsOf(backendOf([throwing, plugin('a'), plugin('a')]));
    expect(problems.map(({ code }) => code)).toEqual(['ERR_RUNTIME_REGISTER_FAILED', 'ERR_RUNTIME_DUPLICATE_PLUGIN']);
  });

  it('31 registration error tolerable by config', async () => {
    const events: string[] = [];
    const backend = backendOf(
      [
        throwing,
        module('throws', 'm', { init: () => events.push('its module') }),
        plugin('b', { init: () => events.push('b') }),
      ],
      policy({ plugins: { throws: { onPluginBootFailure: 'continue' } } }),
    );
    await backend.start();
    expect(events).toEqual(['b']);
    await backend.stop();
  });
});
