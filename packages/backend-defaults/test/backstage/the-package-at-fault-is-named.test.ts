import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const FINDER = new URL('../../src/provenance/package-finder.ts', import.meta.url);

const registrations = (body: string): string =>
  `{ $$type: '@backstage/BackendFeature', version: 'v1', featureType: 'registrations', getRegistrations: () => ${body} }`;

/** Packages as they are published, by folder below node_modules. */
const packages: Record<string, { manifest: object; files: Record<string, string> }> = {
  '@acme/plugin-todo-backend': {
    manifest: {
      version: '1.2.3',
      main: 'dist/index.cjs.js',
      backstage: { role: 'backend-plugin', pluginId: 'todo', pluginPackages: ['@acme/plugin-todo-backend'] },
    },
    files: {
      'dist/index.cjs.js': `exports.default = require('./plugin.cjs.js').todoPlugin; Object.defineProperty(exports, 'lazy', { get() { throw new Error('read') }, enumerable: true });`,
      'dist/plugin.cjs.js': `exports.todoPlugin = ${registrations('[]')};`,
      'dist/package.json': '{ "type": "commonjs" }',
    },
  },
  '@acme/plugin-todo-backend-module-audit': {
    manifest: { version: '0.1.0', main: 'index.js', backstage: { role: 'backend-plugin-module', pluginId: 'todo' } },
    files: { 'index.js': `module.exports = Object.assign(() => {}, ${registrations('[]')});` },
  },
  '@acme/everything': {
    manifest: { version: '9.0.0', main: 'index.js' },
    files: { 'index.js': `exports.todo = require('@acme/plugin-todo-backend').default;` },
  },
  '@acme/plugin-mail-node': {
    manifest: {
      version: '4.5.6',
      main: 'index.js',
      backstage: {
        role: 'node-library',
        pluginId: 'mail',
        pluginPackages: ['@acme/plugin-mail', '@acme/plugin-mail-node', '@acme/plugin-mail-backend'],
      },
    },
    files: {
      'index.js': `exports.mailRef = { $$type: '@backstage/ServiceRef', id: 'mail.service', scope: 'plugin' };`,
    },
  },
  '@acme/plugin-esm-backend': {
    manifest: {
      version: '7.0.0',
      type: 'module',
      exports: './index.js',
      backstage: { role: 'backend-plugin', pluginId: 'esm' },
    },
    files: { 'index.js': `export default ${registrations('[]')};` },
  },
};

const script = `
import everything from '@acme/everything';
import todo from '@acme/plugin-todo-backend';
import audit from '@acme/plugin-todo-backend-module-audit';
import '@acme/plugin-mail-node';
import esm from '@acme/plugin-esm-backend';
import { createPackageFinder } from ${JSON.stringify(FINDER.href)};
const finder = createPackageFinder(import.meta.dirname);
console.log(JSON.stringify({
  todo: finder.ofFeature(todo.default),
  passedOn: finder.ofFeature(everything.todo),
  audit: finder.ofFeature(audit),
  mail: finder.ofServiceRef('mail.service'),
  esm: finder.ofFeature(esm, { pluginId: 'esm' }),
  native: finder.ofFeature({ declaredAt: ${JSON.stringify(fileURLToPath(FINDER))} + ':1:2' }),
  nothing: [finder.ofFeature(esm), finder.ofFeature({}), finder.ofFeature(undefined), finder.ofServiceRef('none')],
}));
`;

describe('the package of a feature', () => {
  let host: string;
  let found: Record<string, unknown>;

  beforeAll(async () => {
    host = await mkdtemp(join(tmpdir(), 'bulkhead-packages-'));
    const write = async (file: string, content: string): Promise<void> => {
      await mkdir(dirname(join(host, file)), { recursive: true });
      await writeFile(join(host, file), content);
    };
    const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '*']));
    await write('package.json', JSON.stringify({ name: 'host', type: 'module', dependencies }));
    await write('index.js', script);
    for (const [name, { manifest, files }] of Object.entries(packages)) {
      await write(`node_modules/${name}/package.json`, JSON.stringify({ name, ...manifest }));
      for (const [file, content] of Object.entries(files)) await write(`node_modules/${name}/${file}`, content);
    }
    // In a process of its own: test runners have a cache of modules of theirs.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@bulkhead/source', join(host, 'index.js')],
      {
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    found = JSON.parse(stdout) as Record<string, unknown>;
  });

  afterAll(() => rm(host, { recursive: true, force: true }));

  it('is that of the CommonJS module that exports it, with the id from its manifest', () => {
    expect(found.todo).toEqual({
      folder: expect.stringMatching(/plugin-todo-backend$/),
      name: '@acme/plugin-todo-backend',
      version: '1.2.3',
      pluginId: 'todo',
    });
    expect(found.audit).toMatchObject({
      name: '@acme/plugin-todo-backend-module-audit',
      version: '0.1.0',
      pluginId: 'todo',
      moduleId: 'audit',
    });
  });

  it('is the one that made it, not one that passes it on', () => {
    expect(found.passedOn).toEqual(found.todo);
  });

  it('is found by the manifests of the host’s dependencies where no module tells', () => {
    expect(found.esm).toMatchObject({ name: '@acme/plugin-esm-backend', version: '7.0.0', pluginId: 'esm' });
  });

  it('is that of the file in which a native feature was made', () => {
    expect(found.native).toMatchObject({ name: '@bulkhead/backend-defaults', version: expect.any(String) });
  });

  it('of the name of a service comes with those that may provide it', () => {
    expect(found.mail).toMatchObject({
      name: '@acme/plugin-mail-node',
      version: '4.5.6',
      relatives: ['@acme/plugin-mail-backend'],
    });
  });

  it('stays unknown where nothing tells', () => {
    expect(found.nothing).toEqual([null, null, null, null]);
  });
});
