import { createBackend, HOST_VERSION } from '@bulkhead/backend-defaults';
import { createBackendModule, createBackendPlugin, type BackendFeature } from '@bulkhead/backend-plugin-api';
import type { PackageManifest } from '@bulkhead/config-loader';
import type { Problem } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { describe, expect, it } from '@jest/globals';
import { HostFolder, type InstalledPackage } from './host-folder.ts';

const noInit = { deps: {}, init: async (): Promise<void> => {} };
const shop = createBackendPlugin({ pluginId: 'shop', register: (env) => env.registerInit(noInit) });
const discounts = createBackendModule({
  pluginId: 'shop',
  moduleId: 'discounts',
  register: (env) => env.registerInit(noInit),
});

function shopPackage(manifest: PackageManifest): InstalledPackage {
  return { name: '@acme/plugin-shop-backend', bulkhead: { role: 'backend-plugin', pluginId: 'shop', ...manifest } };
}

async function problemsOf(
  packages: readonly InstalledPackage[],
  options: { config?: JsonObject; features?: readonly BackendFeature[]; pluginId?: string; process?: string } = {},
): Promise<readonly Problem[]> {
  await using folder = await HostFolder.create(packages);
  const { config = {}, features = [shop], pluginId, process } = options;
  const backend = createBackend({ hostDir: folder.path, config, process });
  for (const feature of features) backend.add(feature, { pluginId });
  try {
    await backend.plan();
    return [];
  } catch (error) {
    return (error as { problems: readonly Problem[] }).problems;
  } finally {
    await backend.stop();
  }
}

describe('A plugin made for another host version', () => {
  it('is refused with both versions in the message', async () => {
    const [problem, ...others] = await problemsOf([shopPackage({ host: '^2.0.0' })]);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'ERR_DEFAULTS_UNSUITED_HOST', pluginId: 'shop' });
    expect(problem?.message).toBe(
      `Plugin 'shop' (@acme/plugin-shop-backend 1.2.3) is made for host ^2.0.0, and this host is ${HOST_VERSION}`,
    );
  });

  it('is refused as an instance under another id, too', async () => {
    const [problem] = await problemsOf([shopPackage({ host: '^2.0.0' })], { pluginId: 'market' });
    expect(problem).toMatchObject({ code: 'ERR_DEFAULTS_UNSUITED_HOST', pluginId: 'market' });
  });

  it('is left out instead when the failure policy says so', async () => {
    const config = { backend: { startup: { plugins: { shop: { onPluginBootFailure: 'continue' } } } } };
    expect(await problemsOf([shopPackage({ host: '^2.0.0' })], { config })).toEqual([]);
  });

  it('passes when the range includes this host', async () => {
    expect(await problemsOf([shopPackage({ host: `^${HOST_VERSION}` })])).toEqual([]);
  });
});

describe('A module made for another host version', () => {
  it('is refused by the name of its package', async () => {
    const module: InstalledPackage = {
      name: '@acme/plugin-shop-backend-module-discounts',
      bulkhead: { role: 'backend-plugin-module', pluginId: 'shop', host: '^2.0.0' },
    };
    const [problem] = await problemsOf([shopPackage({}), module], { features: [shop, discounts] });
    expect(problem).toMatchObject({ code: 'ERR_DEFAULTS_UNSUITED_HOST', pluginId: 'shop', moduleId: 'discounts' });
  });
});

describe('A plugin not made for this kind of deployment', () => {
  const split = { discovery: { endpoints: [{ target: 'http://other/api/{{pluginId}}', plugins: ['search'] }] } };

  it.each([
    ['single', {}, ['split']],
    ['split', split, ['single']],
  ])('is refused in a %s deployment', async (_kind, config, deployments) => {
    const [problem] = await problemsOf([shopPackage({ deployments })], { config });
    expect(problem).toMatchObject({ code: 'ERR_DEFAULTS_UNSUITED_DEPLOYMENT', pluginId: 'shop' });
  });

  const one = { baseUrl: 'http://127.0.0.1:7007', plugins: ['shop'] };
  const two = { replicas: ['http://127.0.0.1:7007', 'http://127.0.0.1:7008'], plugins: ['shop'] };

  it.each([
    ['everything in one process, whatever the topology says', two, undefined, 0],
    ['the only process of a topology', one, 'main', 0],
    ['one of two replicas', two, 'main', 1],
  ])('is held against what there is: %s', async (_, main, process, count) => {
    const problems = await problemsOf([shopPackage({ deployments: ['single'] })], {
      config: { topology: { main } },
      process,
    });
    expect(problems.map(({ code }) => code)).toEqual(Array(count).fill('ERR_DEFAULTS_UNSUITED_DEPLOYMENT'));
  });

  it('passes where it fits', async () => {
    expect(await problemsOf([shopPackage({ deployments: ['single', 'split'] })], { config: split })).toEqual([]);
  });
});

describe('A manifest that makes no sense', () => {
  it.each([{ host: 'two' }, { deployments: 'single' as never }])('is refused: %j', async (manifest) => {
    const [problem] = await problemsOf([shopPackage(manifest)]);
    expect(problem).toMatchObject({ code: 'ERR_DEFAULTS_BAD_MANIFEST', pluginId: 'shop' });
  });
});

describe('A plugin under the key of a section of the host', () => {
  it.each(['backend', 'discovery', 'topology'])('is refused, since it would be handed that section: %s', async (id) => {
    const [problem, ...others] = await problemsOf([], { pluginId: id });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'ERR_DEFAULTS_SECTION_OF_HOST', pluginId: id });
    expect(problem?.message).toContain(`'${id}'`);
  });
});

describe('A package with a schema that makes no sense', () => {
  it('is named once, although two checks look at the packages', async () => {
    const schema = { type: 'object', properties: 'none' };
    const problems = await problemsOf([{ ...shopPackage({}), schema }]);
    expect(problems.map(({ code }) => code)).toEqual(['ERR_CONFIG_SCHEMA']);
  });
});

describe('A plugin whose package has the name of another', () => {
  it.each(['@acme/plugin-market-backend', '@acme/plugin-workshop-backend', '@acme/shop'])(
    'is refused: %s',
    async (name) => {
      const [problem] = await problemsOf([{ ...shopPackage({}), name }]);
      expect(problem).toMatchObject({ code: 'ERR_DEFAULTS_BAD_MANIFEST', pluginId: 'shop' });
      expect(problem?.message).toContain('does not fit its name');
    },
  );

  it.each(['shop-backend', '@acme/shop-backend', '@acme/plugin-shop-backend'])('passes: %s', async (name) => {
    expect(await problemsOf([{ ...shopPackage({}), name }])).toEqual([]);
  });
});

describe('A configuration that breaks the schema of a plugin', () => {
  const schema = { type: 'object', required: ['currency'], properties: { currency: { type: 'string' } } };
  const packages = [{ ...shopPackage({}), schema }];

  it('is refused together with the faults of the plan', async () => {
    const problems = await problemsOf(packages, { config: { shop: { currency: 5 } }, features: [shop, shop] });
    expect(problems.map(({ code }) => code)).toContain('ERR_RUNTIME_DUPLICATE_PLUGIN');
  });

  it.each([[{}], [{ shop: {} }]])('is charged to the plugin: %j', async (config) => {
    const [problem] = await problemsOf(packages, { config });
    expect(problem).toMatchObject({ code: 'ERR_CONFIG_MISSING', pluginId: 'shop', path: ['shop', 'currency'] });
  });

  it('does not matter to a host in which the plugin is switched off', async () => {
    const startup = { plugins: { shop: { enabled: false } } };
    expect(await problemsOf(packages, { config: { shop: { currency: 5 }, backend: { startup } } })).toEqual([]);
  });

  it('does not matter to a host that goes on without the plugin for another reason', async () => {
    const startup = { plugins: { shop: { onPluginBootFailure: 'continue' } } };
    const config = { shop: { currency: 5 }, backend: { startup } };
    expect(await problemsOf(packages, { config, features: [shop, shop] })).toEqual([]);
  });

  it('is looked for under the id of an instance', async () => {
    const config = { market: { currency: 5 } };
    const [problem] = await problemsOf(packages, { config, pluginId: 'market' });
    expect(problem).toMatchObject({ pluginId: 'market', path: ['market', 'currency'] });
  });
});
