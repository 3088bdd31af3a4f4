import { describe, expect, it } from '@jest/globals';
import { packageFixture, workspaceFixture } from './fixtures.ts';
import { deriveTsconfigs } from './tsconfigs.ts';

const on = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [`@bulkhead/${name}`, '^1.2.0']));

describe('deriveTsconfigs', () => {
  const files = deriveTsconfigs(
    workspaceFixture(
      packageFixture('packages/errors', 'foundation'),
      packageFixture('packages/test-kit', 'testing', { dependencies: on('services') }),
      packageFixture('packages/services', 'service', {
        dependencies: { ...on('errors'), yaml: '2' },
        devDependencies: on('test-kit'),
      }),
      packageFixture('plugins/todo-node', 'plugin-node', { peerDependencies: on('errors') }),
    ),
  );
  const references = async (file: string) => {
    const { references: list } = JSON.parse((await files).get(file) ?? '') as { references: { path: string }[] };
    return list.map((reference) => reference.path);
  };

  it('builds a package after what it needs to run', async () => {
    expect(await references('packages/services/tsconfig.build.json')).toEqual(['../errors/tsconfig.build.json']);
    expect(await references('plugins/todo-node/tsconfig.build.json')).toEqual([
      '../../packages/errors/tsconfig.build.json',
    ]);
  });

  it('lets its tests use packages that depend on it', async () => {
    expect(await references('packages/services/tsconfig.json')).toEqual([
      './tsconfig.build.json',
      '../errors/tsconfig.build.json',
      '../test-kit/tsconfig.build.json',
    ]);
  });

  it('lists every package, the benchmarks and the scripts at the root', async () => {
    const packages = ['packages/errors', 'packages/test-kit', 'packages/services', 'plugins/todo-node'];
    expect(await references('tsconfig.json')).toEqual([...packages, 'benchmarks', 'scripts']);
  });
});
