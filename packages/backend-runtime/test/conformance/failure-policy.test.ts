import { describe, expect, it } from '@jest/globals';
import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { ConfigReader, type Config } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { backendOf, config, module, plugin, problemsOf } from '../fixtures/features.ts';

const fail = (): never => {
  throw new Error('fails');
};

/** Which of the failing plugins and modules (`plugin/module`) keep a host with this configuration from starting. */
async function aborting(failing: readonly string[], data?: JsonObject): Promise<string[]> {
  const aborts: string[] = [];
  for (const id of failing) {
    const [pluginId = '', moduleId] = id.split('/');
    const backend = backendOf([
      plugin(pluginId, moduleId === undefined ? { init: fail } : {}),
      ...(moduleId === undefined ? [] : [module(pluginId, moduleId, { init: fail })]),
      ...(data ? [config(data)] : []),
    ]);
    await backend.start().catch(() => aborts.push(id));
    await backend.stop();
  }
  return aborts;
}

const startup = (value: JsonObject): JsonObject => ({ backend: { startup: value } });
const plugins = (value: JsonObject, defaults?: JsonObject): JsonObject =>
  startup({ plugins: value, ...(defaults && { default: defaults }) });
const pluginPolicy = (onPluginBootFailure: string): JsonObject => ({ onPluginBootFailure });
const modulePolicy = (onPluginModuleBootFailure: string): JsonObject => ({ onPluginModuleBootFailure });

describe('createAllowBootFailurePredicate', () => {
  it('no config → abort (plugin)', async () => expect(await aborting(['a'])).toEqual(['a']));
  it('no config → abort (module)', async () => expect(await aborting(['a/m'])).toEqual(['a/m']));
  it('empty config → abort (plugin)', async () => expect(await aborting(['a'], {})).toEqual(['a']));
  it('empty config → abort (module)', async () => expect(await aborting(['a/m'], startup({}))).toEqual(['a/m']));

  it('default continue for plugin', async () => {
    expect(await aborting(['a', 'b'], startup({ default: pluginPolicy('continue') }))).toEqual([]);
  });
  it('default abort for plugin', async () => {
    expect(await aborting(['a'], startup({ default: pluginPolicy('abort') }))).toEqual(['a']);
  });
  it('default continue for module', async () => {
    expect(await aborting(['a/m', 'b/n'], startup({ default: modulePolicy('continue') }))).toEqual([]);
  });
  it('default abort for module', async () => {
    expect(await aborting(['a/m'], startup({ default: modulePolicy('abort') }))).toEqual(['a/m']);
  });

  it('plugin override continue', async () => {
    const data = plugins({ a: pluginPolicy('continue') }, pluginPolicy('abort'));
    expect(await aborting(['a', 'b'], data)).toEqual(['b']);
  });
  it('plugin override abort', async () => {
    const data = plugins({ a: pluginPolicy('abort') }, pluginPolicy('continue'));
    expect(await aborting(['a', 'b'], data)).toEqual(['a']);
  });
  it('plugin override unset', async () => {
    expect(await aborting(['a', 'b'], plugins({ a: {} }, pluginPolicy('continue')))).toEqual([]);
    expect(await aborting(['a'], plugins({ a: {} }))).toEqual(['a']);
  });
  it('plugin override several', async () => {
    const data = plugins({ a: pluginPolicy('continue'), b: pluginPolicy('abort'), c: pluginPolicy('continue') });
    expect(await aborting(['a', 'b', 'c', 'd'], data)).toEqual(['b', 'd']);
  });

  it('module override continue', async () => {
    const data = plugins({ a: { modules: { m: modulePolicy('continue') } } }, modulePolicy('abort'));
    expect(await aborting(['a/m', 'a/n'], data)).toEqual(['a/n']);
  });
  it('module override abort', async () => {
    const data = plugins({ a: { modules: { m: modulePolicy('abort') } } }, modulePolicy('continue'));
    expect(await aborting(['a/m', 'a/n'], data)).toEqual(['a/m']);
  });
  it('module override unset', async () => {
    const data = plugins({ a: { modules: { m: {} } } }, modulePolicy('continue'));
    expect(await aborting(['a/m'], data)).toEqual([]);
  });
  it('module override several', async () => {
    const data = plugins({
      a: { modules: { m: modulePolicy('continue'), n: modulePolicy('abort'), o: modulePolicy('continue') } },
    });
    expect(await aborting(['a/m', 'a/n', 'a/o', 'a/p'], data)).toEqual(['a/n', 'a/p']);
  });
  it('module override across plugins', async () => {
    const data = plugins({
      a: { modules: { m: modulePolicy('continue') } },
      b: { modules: { m: modulePolicy('abort') } },
    });
    expect(await aborting(['a/m', 'b/m'], data)).toEqual(['b/m']);
  });

  it('plugin and module settings independent: what holds for a plugin does not hold for its modules', async () => {
    expect(await aborting(['a', 'a/m'], plugins({ a: pluginPolicy('continue') }))).toEqual(['a/m']);
  });
  it('plugin and module settings independent: what holds for a module does not hold for its plugin', async () => {
    expect(await aborting(['a', 'a/m'], startup({ default: modulePolicy('continue') }))).toEqual(['a']);
  });

  it('empty plugins', async () => expect(await aborting(['a', 'a/m'], plugins({}))).toEqual(['a', 'a/m']));
  it('empty modules', async () => {
    expect(await aborting(['a/m'], plugins({ a: { modules: {} } }))).toEqual(['a/m']);
  });
  it('no modules', async () => {
    expect(await aborting(['a/m'], plugins({ a: {} }, modulePolicy('continue')))).toEqual([]);
  });
  it('case-sensitive ids', async () => {
    const data = plugins({ Abc: { ...pluginPolicy('continue'), modules: { Mod: modulePolicy('continue') } } });
    expect(await aborting(['Abc', 'abc', 'Abc/Mod', 'Abc/mod', 'abc/Mod'], data)).toEqual([
      'abc',
      'Abc/mod',
      'abc/Mod',
    ]);
  });

  it('config read once', async () => {
    const reads: string[] = [];
    const data = new ConfigReader(plugins({ a: pluginPolicy('continue') }));
    const counting = new Proxy<Config>(data, {
      get(target, name) {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        return (...args: unknown[]): unknown => {
          if (String(args[0]).includes('onPlugin')) reads.push(String(args[0]));
          return (method as (...args: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    const backend = backendOf([
      createServiceFactory({ service: coreServices.rootConfig, deps: {}, factory: () => counting }),
      plugin('a', { init: fail }),
      plugin('b'),
      module('b', 'm'),
    ]);
    await backend.start();
    expect(reads.length).toBeGreaterThan(0);
    expect(new Set(reads).size).toBe(reads.length);
    await backend.stop();
  });

  it('refuses a policy that is neither abort nor continue, and a time that is none', async () => {
    const problems = await problemsOf(
      backendOf([
        plugin('a'),
        config({
          backend: {
            startup: { default: pluginPolicy('ignore'), timeout: 'soon', plugins: { a: { enabled: 'perhaps' } } },
            lifecycle: { shutdownTimeout: true },
          },
        }),
      ]),
    );
    expect(problems.map(({ path, message }) => [path?.join('.'), message])).toEqual([
      ['backend.startup.timeout', expect.stringContaining('must be a duration')],
      ['backend.startup.plugins.a.enabled', expect.stringContaining('must be a boolean')],
      ['backend.lifecycle.shutdownTimeout', expect.stringContaining('must be a duration')],
      ['backend.startup.default.onPluginBootFailure', expect.stringContaining("must be 'abort' or 'continue'")],
    ]);
  });
});
