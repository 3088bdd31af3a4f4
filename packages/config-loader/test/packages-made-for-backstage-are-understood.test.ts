import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  collectSecrets,
  describeConfig,
  discoverPackages,
  loadConfig,
  loadConfigSchema,
  type ConfigSchema,
} from '../src/index.ts';
import { tempFolder } from './temp-folder.ts';

const CORE = {
  properties: {
    permission: { properties: { enabled: { type: 'boolean' } } },
    backend: { properties: { baseUrl: { type: 'string' } } },
  },
};
const JIRA = `
  export interface Config {
    jira?: {
      endpoints: Array<{ url: string; /** @visibility secret */ apiWord: string }>;
      /** @visibility secret */
      seeds?: string[];
    };
    permission?: { rbac?: { admin?: string } };
  }`;
const CATALOG = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['catalog'],
  properties: {
    catalog: {
      type: 'object',
      required: ['rules'],
      properties: {
        rules: { type: 'array', items: { type: 'object' } },
        orphanStrategy: { type: 'string', enum: ['keep', 'delete'] },
        stitching: { type: 'object', properties: { opener: { type: 'string', visibility: 'secret' } } },
      },
    },
  },
};

/** A host with a package of our own and several made for Backstage. */
function hostFolder(config: object): string {
  return tempFolder({
    'package.json': {
      name: 'host',
      dependencies: { '@x/core': '1', '@backstage/plugin-catalog-backend': '1', 'jira-backend': '1', express: '1' },
      configSchema: { properties: { portal: { properties: { seal: { type: 'string', visibility: 'secret' } } } } },
    },
    'app-config.yaml': JSON.stringify(config),
    'node_modules/@x/core/package.json': { name: '@x/core', bulkhead: { role: 'node-library' } },
    'node_modules/@x/core/config.schema.json': CORE,
    'node_modules/@backstage/plugin-catalog-backend/package.json': {
      name: '@backstage/plugin-catalog-backend',
      version: '3.9.0',
      backstage: { role: 'backend-plugin', pluginId: 'catalog' },
      configSchema: 'config.schema.json',
      dependencies: { '@backstage/integration': '1' },
      // A package need not export its manifest.
      exports: './index.js',
    },
    'node_modules/@backstage/plugin-catalog-backend/config.schema.json': CATALOG,
    'node_modules/@backstage/integration/package.json': {
      name: '@backstage/integration',
      backstage: { role: 'common-library' },
      configSchema: 'missing.json',
      dependencies: { '@backstage/backend-defaults': '1', '@backstage/backend-plugin-api': '1' },
    },
    'node_modules/@backstage/backend-defaults/package.json': {
      name: '@backstage/backend-defaults',
      configSchema: { properties: { backend: { properties: { rateLimit: {} } } } },
    },
    'node_modules/@backstage/backend-plugin-api/package.json': {
      name: '@backstage/backend-plugin-api',
      configSchema: { properties: { backend: { properties: { workingDirectory: { type: 'string' } } } } },
    },
    'node_modules/jira-backend/package.json': {
      name: 'jira-backend',
      configSchema: 'config.d.ts',
      backstage: { role: 'backend-plugin', pluginId: 'jira-dashboard' },
    },
    'node_modules/jira-backend/config.d.ts': JIRA,
    'node_modules/express/package.json': { name: 'express', dependencies: { hidden: '1' } },
    'node_modules/hidden/package.json': { name: 'hidden', configSchema: { properties: { hidden: {} } } },
  });
}

async function check(config: object): Promise<{
  readonly schema: ConfigSchema;
  readonly problems: readonly unknown[];
  readonly warnings: readonly unknown[];
}> {
  const dir = hostFolder(config);
  const schema = loadConfigSchema(discoverPackages(dir));
  const { problems, warnings } = await loadConfig({ dir, env: {}, schema, onInvalid: 'collect' });
  return { schema, problems, warnings };
}

describe('Packages made for Backstage', () => {
  it('are found with their schemas, through each other', () => {
    const dir = hostFolder({});
    const packages = discoverPackages(dir);
    expect(packages.map(({ name }) => name)).toEqual([
      ...['host', '@x/core', '@backstage/plugin-catalog-backend', '@backstage/integration'],
      ...['@backstage/backend-defaults', '@backstage/backend-plugin-api', 'jira-backend'],
    ]);
    expect(packages[2]).toMatchObject({
      version: '3.9.0',
      manifest: {},
      backstage: { role: 'backend-plugin', pluginId: 'catalog' },
      schemas: [{ file: join(packages[2]!.dir, 'config.schema.json'), origin: 'backstage' }],
    });
  });

  it('make neither problems nor warnings of what they read', async () => {
    const { problems, warnings } = await check({
      app: { title: 'Portal' },
      organization: { name: 'Us' },
      catalog: { rules: [], undescribed: true },
      'jira-dashboard': {},
      jiraDashboard: {},
      jira: { endpoints: [], more: 1 },
      permission: { enabled: true, rbac: { admin: 'group:default/admins' } },
      undescribedPlugin: { a: 1 },
      backend: { workingDirectory: '/tmp' },
    });
    expect([problems, warnings]).toEqual([[], []]);
  });

  it('have what does not fit their schemas told as a warning, with the package', async () => {
    const { problems, warnings } = await check({
      catalog: { orphanStrategy: 'drop' },
      catlog: {},
      permission: { x: 1 },
    });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      expect.objectContaining({
        code: 'ERR_CONFIG_UNKNOWN_SECTION',
        path: ['catlog'],
        hint: "Did you mean 'catalog'?",
      }),
      expect.objectContaining({ code: 'ERR_CONFIG_MISSING', path: ['catalog', 'rules'] }),
      expect.objectContaining({
        code: 'ERR_CONFIG_VALUE',
        path: ['catalog', 'orphanStrategy'],
        hint: '@backstage/plugin-catalog-backend describes it so.',
      }),
      expect.objectContaining({ code: 'ERR_CONFIG_UNKNOWN_KEY', path: ['permission', 'x'] }),
    ]);
  });

  it('can be left for later, when nobody waits', async () => {
    const dir = hostFolder({ catalog: { orphanStrategy: 'drop' }, permission: { x: 1 } });
    const schema = loadConfigSchema(discoverPackages(dir));
    const loaded = await loadConfig({ dir, env: {} });
    const now = await loaded.useSchema(schema, { withoutForeign: true });
    expect(now.warnings.map(({ path }) => path)).toEqual([['permission', 'x']]);
    const later = await loaded.checkForeign();
    expect(later.map(({ path }) => path)).toEqual([
      ['catalog', 'rules'],
      ['catalog', 'orphanStrategy'],
    ]);
  });

  it('leave a slip in a key of the host a problem', async () => {
    const { problems } = await check({ permission: { enabeld: true }, catalog: { rules: [] } });
    expect(problems).toEqual([
      expect.objectContaining({ path: ['permission', 'enabeld'], hint: "Did you mean 'enabled'?" }),
    ]);
  });

  it('do not make up for what the host they were made for did', async () => {
    const { problems } = await check({ backend: { rateLimit: true, other: 1 }, catalog: { rules: [] } });
    expect(problems).toEqual([
      expect.objectContaining({ code: 'ERR_CONFIG_UNKNOWN_KEY', path: ['backend', 'rateLimit'] }),
      expect.objectContaining({ code: 'ERR_CONFIG_UNKNOWN_KEY', path: ['backend', 'other'] }),
    ]);
  });

  it('have their secrets hidden', async () => {
    const config = {
      portal: { seal: 'from-the-host' },
      catalog: { rules: [], stitching: { opener: 'from-json' }, orphanStrategy: 'keep' },
      jira: { endpoints: [{ url: 'https://jira', apiWord: 'from-declaration' }], seeds: ['first-seed', 'second-seed'] },
    };
    const { schema } = await check(config);
    expect([...collectSecrets(config, schema)]).toEqual([
      ...['from-the-host', 'from-json', 'from-declaration', 'first-seed', 'second-seed'],
    ]);
  });

  it('have their keys described, those of the host first', async () => {
    const { schema } = await check({});
    const keys = describeConfig(schema);
    expect(keys.find(({ key }) => key === 'catalog.stitching.opener')).toMatchObject({
      type: 'string',
      visibility: 'secret',
      package: '@backstage/plugin-catalog-backend',
    });
    expect(keys.filter(({ key }) => key.startsWith('permission')).map(({ key }) => key)).toEqual([
      ...['permission', 'permission.enabled', 'permission.rbac', 'permission.rbac.admin'],
    ]);
  });

  it('cost nothing where there are none', () => {
    const schema = loadConfigSchema(discoverPackages(tempFolder({ 'package.json': { name: 'host' } })));
    expect(schema.foreign).toBeUndefined();
  });
});
