import { describe, expect, it } from '@jest/globals';
import { checkPackage } from './check-package.ts';
import { packageFixture, workspaceFixture, writeFiles } from './fixtures.ts';
import type { Manifest, WorkspacePackage } from './workspace.ts';

function messages(
  entry: WorkspacePackage,
  files: readonly string[] = ['README.md', 'src/index.ts', 'package.json'],
): string[] {
  const workspace = workspaceFixture(entry);
  writeFiles(workspace.root, Object.fromEntries(files.map((file) => [`${entry.dir}/${file}`, ''])));
  return checkPackage(workspace, entry).map(({ file, message }) => `${file}: ${message}`);
}

const library = (more: Partial<Manifest> = {}) => packageFixture('packages/errors', 'foundation', more);

const plugin = (dir: string, bulkhead: Manifest['bulkhead']) =>
  packageFixture(dir, 'plugin', {
    bulkhead: { role: 'backend-plugin', pluginId: 'todo', host: '^1.0.0', deployments: ['single'], ...bulkhead },
  });

describe('checkPackage', () => {
  it('finds nothing wrong with a package that keeps the rules', () => {
    expect(messages(library())).toEqual([]);
    expect(messages(plugin('plugins/todo-backend', {}))).toEqual([]);
    expect(messages(plugin('plugins/todo-backend-module-audit', { role: 'backend-plugin-module' }))).toEqual([]);
    const node = { role: 'node-library', pluginId: 'todo' };
    expect(messages(packageFixture('plugins/todo-node', 'plugin-node', { bulkhead: node }))).toEqual([]);
  });

  it('names the file with every fault of identity', () => {
    const faulty = {
      name: '@bulkhead/error',
      version: '1.1.0',
      license: 'MIT',
      type: 'commonjs',
      engines: {},
      description: 'Errors',
    };
    expect(messages(library(faulty))).toEqual([
      'packages/errors/package.json: "name" must be "@bulkhead/errors", not "@bulkhead/error"',
      'packages/errors/package.json: "version" must be "1.2.0", not "1.1.0"',
      'packages/errors/package.json: "license" must be "Apache-2.0", not "MIT"',
      'packages/errors/package.json: "type" must be "module", not "commonjs"',
      'packages/errors/package.json: "engines" must be {"node":">=20"}, not {}',
      'packages/errors/package.json: "description" must be a sentence that ends with a full stop',
    ]);
  });

  it('wants the build and the sources published, and nothing beside', () => {
    expect(messages(library({ files: ['dist', '!**/*.test.*', '!**/*.test-d.*'] }))).toEqual([
      'packages/errors/package.json: "files" lacks "src", "!**/*.tsbuildinfo"',
    ]);
  });

  it('misses a README', () => {
    expect(messages(library(), ['src/index.ts', 'package.json'])).toEqual([
      'packages/errors/README.md: is missing; every package has one',
    ]);
  });

  it.each([
    [{ layer: 'attic' }, expect.stringContaining('"bulkhead.layer" must be one of foundation, contract')],
    [{ role: 'backend-plugin' }, expect.stringContaining('the role backend-plugin does not fit the layer foundation')],
    [{ role: 'poet' }, expect.stringContaining('"bulkhead.role" must be one of common-library')],
    [{ pluginId: 'todo' }, expect.stringContaining('"bulkhead.pluginId" is for plugins only')],
  ])('refuses %j in a library', (bulkhead, message) => {
    expect(messages(library({ bulkhead }))).toEqual([message]);
  });

  it('wants plugins and packages in their folders', () => {
    expect(messages(packageFixture('plugins/errors', 'foundation'))).toEqual([
      'plugins/errors/package.json: the layer foundation belongs into packages/',
    ]);
  });

  it.each([
    [{ pluginId: 'todos' }, '"bulkhead.pluginId" must be "todo", as the folder says, not "todos"'],
    [{ role: 'backend-plugin-module' }, 'the folder must be called <id>-backend-module-<name>'],
    [{ host: '^2.0.0' }, '"bulkhead.host" must admit this host, as "^1.2.0" does, not "^2.0.0"'],
    [{ host: '^1.3.0' }, '"bulkhead.host" must admit this host, as "^1.2.0" does, not "^1.3.0"'],
    [{ host: undefined }, '"bulkhead.host" must admit this host, as "^1.2.0" does, not undefined'],
    [{ deployments: [] }, '"bulkhead.deployments" must name some of single, split, not []'],
    [{ deployments: ['moon'] }, '"bulkhead.deployments" must name some of single, split, not ["moon"]'],
  ])('refuses %j in a plugin', (bulkhead, message) => {
    expect(messages(plugin('plugins/todo-backend', bulkhead))).toEqual([
      `plugins/todo-backend/package.json: ${message}`,
    ]);
  });
});

describe('the exports of a package', () => {
  const source = (stem: string) => ({
    '@bulkhead/source': `./src/${stem}.ts`,
    types: `./dist/${stem}.d.ts`,
    default: `./dist/${stem}.js`,
  });
  const manifestFile = { './package.json': './package.json' };

  it.each([
    ['no entry', { ...manifestFile }, '"exports" lacks "."'],
    ['no manifest', { '.': source('index') }, '"exports" lacks "./package.json"'],
    [
      'a missing source',
      { '.': source('main'), ...manifestFile },
      '"exports" names ./src/main.ts, which does not exist',
    ],
    ['a plain file', { '.': './src/index.ts', ...manifestFile }, '"exports" has "." as a text; only JSON files may'],
    [
      'a missing file',
      { '.': source('index'), ...manifestFile, './a.json': './a.json' },
      '"exports" names ./a.json, which does not exist',
    ],
    [
      'no source',
      { '.': { default: './dist/index.js' }, ...manifestFile },
      '"exports" must lead "." to a file in ./src by "@bulkhead/source"',
    ],
  ])('are refused with %s', (_, exports, message) => {
    expect(messages(library({ exports }))).toEqual([`packages/errors/package.json: ${message}`]);
  });

  it('have their conditions in the order in which they are tried', () => {
    const { types, ...rest } = source('index');
    expect(messages(library({ exports: { '.': { ...rest, types }, ...manifestFile } }))).toEqual([
      expect.stringContaining('"exports" must have "." as {"@bulkhead/source":'),
    ]);
  });

  it('go with commands that exist', () => {
    expect(messages(library({ bin: { bulkhead: './bin/bulkhead.js' } }))).toEqual([
      'packages/errors/package.json: "bin" names ./bin/bulkhead.js, which does not exist',
    ]);
  });
});
