import { symlinkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ProblemsError } from '@bulkhead/errors';
import { tempFolder } from '../../test/temp-folder.ts';
import { discoverPackages } from './discover-packages.ts';

const plugin = { role: 'backend-plugin', pluginId: 'todo' };

function problemsOf(run: () => unknown): ProblemsError {
  try {
    run();
  } catch (error) {
    return error as ProblemsError;
  }
  throw new TypeError('Nothing was thrown');
}

describe('discoverPackages', () => {
  it('finds the packages with a bulkhead field, through those that have one', () => {
    const root = tempFolder({
      'packages/host/package.json': {
        name: 'host',
        dependencies: { '@x/todo': '1', express: '1', absent: '1' },
        optionalDependencies: { '@x/defaults': '1' },
      },
      'node_modules/@x/todo/package.json': { name: '@x/todo', version: '1.2.3', bulkhead: plugin, exports: {} },
      'node_modules/@x/todo/config.schema.json': { type: 'object' },
      'node_modules/@x/todo/src/part/config.schema.json': { type: 'object' },
      'node_modules/express/package.json': { name: 'express', dependencies: { '@x/hidden': '1' } },
      'node_modules/@x/hidden/package.json': { name: '@x/hidden', bulkhead: {} },
      'node_modules/@x/defaults/package.json': { name: '@x/defaults', bulkhead: {}, dependencies: { '@x/core': '1' } },
      'node_modules/@x/defaults/node_modules/@x/core/package.json': {
        name: '@x/core',
        bulkhead: { role: 'node-library', layer: 'service' },
        dependencies: { '@x/defaults': '1' },
      },
      'node_modules/@x/defaults/node_modules/@x/core/src/cache/config.schema.json': { title: 'cache' },
      'node_modules/@x/defaults/node_modules/@x/core/src/auth/config.schema.json': { title: 'auth' },
    });
    const packages = discoverPackages(join(root, 'packages/host/src'));
    expect(packages.map(({ name }) => name)).toEqual(['host', '@x/todo', '@x/defaults', '@x/core']);
    expect(packages[1]).toEqual({
      name: '@x/todo',
      version: '1.2.3',
      dir: join(root, 'node_modules/@x/todo'),
      manifest: plugin,
      schemas: [{ file: join(root, 'node_modules/@x/todo/config.schema.json'), schema: { type: 'object' } }],
    });
    expect(packages[3]!.schemas.map(({ schema }) => schema.title)).toEqual(['auth', 'cache']);
  });

  it('follows the links of a workspace, and sees each package once', () => {
    const root = tempFolder({
      'packages/host/package.json': { name: 'host', dependencies: { a: '1', b: '1' } },
      'packages/a/package.json': { name: 'a', bulkhead: {}, dependencies: { b: '1' } },
      'packages/b/package.json': { name: 'b', bulkhead: {}, dependencies: { a: '1' } },
    });
    mkdirSync(join(root, 'node_modules'));
    symlinkSync('../packages/a', join(root, 'node_modules/a'));
    symlinkSync('../packages/b', join(root, 'node_modules/b'));
    const packages = discoverPackages(join(root, 'packages/host'));
    expect(packages.map(({ dir }) => dir)).toEqual(['host', 'a', 'b'].map((name) => join(root, 'packages', name)));
  });

  it('reports all that it cannot read', () => {
    const root = tempFolder({
      'package.json': { name: 'host', dependencies: { a: '1', b: '1', c: '1' } },
      'node_modules/a/package.json': '{ not json',
      'node_modules/b/package.json': { name: 'b', bulkhead: {} },
      'node_modules/b/config.schema.json': '[]',
      'node_modules/c/package.json': { name: 'c', bulkhead: {} },
      'node_modules/c/config.schema.json': 'type: object',
    });
    const error = problemsOf(() => discoverPackages(root));
    expect(error.code).toBe('ERR_CONFIG_PACKAGES');
    expect(error.problems).toEqual([
      {
        code: 'ERR_CONFIG_PACKAGE',
        message: `Cannot read ${join(root, 'node_modules/a/package.json')}: it is not JSON`,
      },
      {
        code: 'ERR_CONFIG_SCHEMA',
        message: `${join(root, 'node_modules/b/config.schema.json')} cannot be used: it is not a JSON object`,
      },
      {
        code: 'ERR_CONFIG_SCHEMA',
        message: `${join(root, 'node_modules/c/config.schema.json')} cannot be used: it is not JSON`,
      },
    ]);
  });
});
