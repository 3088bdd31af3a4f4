import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createBackend, createDiscoveryFeatureLoader } from '@bulkhead/backend-defaults';
import type { JsonObject } from '@bulkhead/types';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const NODE_MODULES = join(import.meta.dirname, '../../../node_modules');

/** A plugin in Backstage's wire form. */
const foreign = (pluginId: string): string => `{
  $$type: '@backstage/BackendFeature', version: 'v1', featureType: 'registrations',
  getRegistrations: () => [{ type: 'plugin-v1.1', pluginId: '${pluginId}', extensionPoints: [], init: { deps: {}, func: async () => {} } }],
}`;
const native = (pluginId: string): string => `
  import { createBackendPlugin } from '@bulkhead/backend-plugin-api';
  export default createBackendPlugin({ pluginId: '${pluginId}', register: (env) => env.registerInit({ deps: {}, init: async () => {} }) });`;

const PACKAGES: Readonly<Record<string, Readonly<Record<string, object | string>>>> = {
  // Neither exports its package.json.
  native: {
    'package.json': { type: 'module', exports: { '.': { import: './i.js' } }, bulkhead: { role: 'backend-plugin' } },
    'i.js': native('native'),
  },
  '@x/foreign': {
    'package.json': {
      exports: { '.': { types: './i.d.ts', default: './i.js' }, './alpha': './alpha.js' },
      backstage: { role: 'backend-plugin' },
    },
    'i.js': `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = ${foreign('foreign')};`,
    // The same feature again counts once.
    'alpha.js': `exports.default = require('./i.js').default;`,
  },
  alpha: {
    'package.json': { backstage: { role: 'backend-plugin' }, exports: { '.': './i.js', './alpha': './alpha.js' } },
    'i.js': `module.exports = { default: ${foreign('main')} };`,
    'alpha.js': `exports.default = ${foreign('alpha')};`,
  },
  factory: {
    'package.json': { backstage: { role: 'backend-plugin-module' }, main: 'i.js' },
    'i.js': `module.exports = Object.assign(() => (${foreign('factory')}), { $$type: '@backstage/BackendFeatureFactory' });`,
  },
  library: {
    'package.json': { backstage: { role: 'node-library' }, main: 'i.js' },
    'i.js': 'exports.default = () => 1; exports.helper = 1;',
  },
  browser: {
    'package.json': { backstage: { role: 'frontend-plugin' }, main: 'i.js' },
    'i.js': 'throw new Error("Not for Node.js");',
  },
  anything: { 'package.json': { main: 'i.js' }, 'i.js': 'throw new Error("Imported");' },
  broken: {
    'package.json': { backstage: { role: 'backend-plugin' }, main: 'i.js' },
    'i.js': 'throw new Error("Out of order");',
  },
};

let dir: string;
const sound = Object.keys(PACKAGES).filter((name) => name !== 'broken');

beforeAll(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'bulkhead-discovery-')));
  await write('package.json', { name: 'host', dependencies: Object.fromEntries(sound.map((name) => [name, '1'])) });
  for (const [name, files] of Object.entries(PACKAGES)) {
    for (const [file, content] of Object.entries(files)) await write(`node_modules/${name}/${file}`, content);
  }
  await symlink(join(NODE_MODULES, '@bulkhead'), join(dir, 'node_modules/@bulkhead'));
});
afterAll(() => rm(dir, { recursive: true }));

async function write(file: string, content: object | string): Promise<void> {
  await mkdir(dirname(join(dir, file)), { recursive: true });
  await writeFile(join(dir, file), typeof content === 'string' ? content : JSON.stringify(content));
}

async function planned(packages: JsonObject | string | undefined): Promise<readonly string[]> {
  const backend = createBackend({ config: { backend: { listen: 0, ...(packages && { packages }) } }, hostDir: dir });
  backend.add(createDiscoveryFeatureLoader({ hostDir: join(dir, 'src') }));
  return (await backend.plan()).plugins.map(({ pluginId }) => pluginId).sort();
}

async function faultsOf(packages: JsonObject | string): Promise<readonly unknown[]> {
  const error: unknown = await planned(packages).catch((thrown: unknown) => thrown);
  return (error as { problems: readonly { code: string; message: string; cause?: { code?: string } }[] }).problems.map(
    ({ code, message, cause }) => [code, cause?.code, message],
  );
}

describe('The discoveryFeatureLoader', () => {
  it('installs nothing that is not asked for', async () => {
    expect(await planned(undefined)).toEqual([]);
    expect(await planned({})).toEqual([]);
  });

  it('installs features of all dependencies, from their main and alpha entries, each once', async () => {
    expect(await planned('all')).toEqual(['alpha', 'factory', 'foreign', 'main', 'native']);
  });

  it('leaves packages out', async () => {
    expect(await planned({ exclude: ['alpha', 'native', 'absent'] })).toEqual(['factory', 'foreign']);
  });

  it('installs only those that are named, dependencies or not', async () => {
    expect(await planned({ include: ['native', '@x/foreign'] })).toEqual(['foreign', 'native']);
    expect(await planned({ include: ['native', '@x/foreign'], exclude: ['native'] })).toEqual(['foreign']);
  });

  it('names every package that is not there or cannot be imported', async () => {
    expect(await faultsOf({ include: ['native', 'broken', 'absent'] })).toEqual([
      [
        'ERR_RUNTIME_IMPORT_FAILED',
        'ERR_DEFAULTS_DISCOVERY_FAILED',
        expect.stringContaining('broken cannot be loaded: Out of order'),
      ],
      [
        'ERR_RUNTIME_IMPORT_FAILED',
        'ERR_DEFAULTS_DISCOVERY_FAILED',
        expect.stringContaining('absent is not installed'),
      ],
    ]);
  });

  it('refuses a setting that means nothing', async () => {
    expect(await faultsOf('some')).toContainEqual([
      'ERR_RUNTIME_LOADER_FAILED',
      'ERR_CONFIG_VALUE',
      expect.any(String),
    ]);
  });

  it('needs a package to stand in', async () => {
    const loader = createDiscoveryFeatureLoader({ hostDir: '/' });
    const backend = createBackend({ config: { backend: { listen: 0, packages: 'all' } }, hostDir: dir });
    backend.add(loader);
    await expect(backend.plan()).rejects.toMatchObject({
      problems: [{ cause: { code: 'ERR_DEFAULTS_NO_PACKAGE' } }],
    });
  });
});
