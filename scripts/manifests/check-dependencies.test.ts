import { describe, expect, it } from '@jest/globals';
import { checkDependencies } from './check-dependencies.ts';
import { packageFixture, workspaceFixture } from './fixtures.ts';
import type { WorkspacePackage } from './workspace.ts';

const check = (...packages: readonly WorkspacePackage[]) =>
  checkDependencies(workspaceFixture(...packages)).map(({ file, message }) => `${file}: ${message}`);

const on = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [`@bulkhead/${name}`, '^1.2.0']));

const errors = packageFixture('packages/errors', 'foundation');
const testKit = packageFixture('packages/test-kit', 'testing', { dependencies: on('services') });
const services = packageFixture('packages/services', 'service', {
  dependencies: on('errors'),
  devDependencies: on('test-kit'),
});

describe('checkDependencies', () => {
  it('lets packages depend on the layers below, and develop with the test kit', () => {
    expect(check(errors, services, testKit)).toEqual([]);
  });

  it.each(['dependencies', 'peerDependencies', 'optionalDependencies'])('refuses %s on a layer above', (field) => {
    const faulty = packageFixture('packages/config', 'foundation', { [field]: on('services') });
    expect(check(faulty, services, errors, testKit)).toEqual([
      'packages/config/package.json: the layer foundation may not depend on @bulkhead/services (service), only on foundation',
    ]);
  });

  it('refuses to develop with what tests may not import', () => {
    const faulty = packageFixture('packages/config', 'foundation', { devDependencies: on('test-kit') });
    expect(check(faulty, services, errors, testKit)).toEqual([
      'packages/config/package.json: the layer foundation may not develop with @bulkhead/test-kit (testing), only on foundation',
    ]);
  });

  it('lets the tests of a module start the plugin that it extends, and no other', () => {
    const plugin = (folder: string, role: string, pluginId: string, more = {}) =>
      packageFixture(`plugins/${folder}`, 'plugin', { ...more, bulkhead: { role, pluginId } });
    const devDependencies = on('plugin-todo-backend', 'plugin-other-backend');
    expect(
      check(
        plugin('todo-backend', 'backend-plugin', 'todo'),
        plugin('other-backend', 'backend-plugin', 'other'),
        plugin('todo-backend-module-audit', 'backend-plugin-module', 'todo', { devDependencies }),
      ),
    ).toEqual([expect.stringContaining('may not develop with @bulkhead/plugin-other-backend (plugin)')]);
  });

  it('keeps versions in step', () => {
    const faulty = packageFixture('packages/config', 'foundation', { dependencies: { '@bulkhead/errors': '^1.0.0' } });
    expect(check(errors, faulty)).toEqual([
      'packages/config/package.json: must ask for @bulkhead/errors as "^1.2.0", not "^1.0.0"',
    ]);
  });

  it('shows the way round a cycle', () => {
    const a = packageFixture('packages/a', 'foundation', { dependencies: on('b') });
    const b = packageFixture('packages/b', 'foundation', { peerDependencies: on('c') });
    const c = packageFixture('packages/c', 'foundation', { dependencies: on('a') });
    expect(check(a, b, c)).toEqual([
      'packages/a/package.json: depends on itself: @bulkhead/a -> @bulkhead/b -> @bulkhead/c -> @bulkhead/a',
    ]);
  });

  it('keeps third parties out of the layers that have none', () => {
    const faulty = packageFixture('packages/config', 'foundation', {
      dependencies: { yaml: '^2.0.0' },
      peerDependencies: { knex: '^3.0.0' },
    });
    expect(check(faulty)).toEqual([
      'packages/config/package.json: the layer foundation may have 0 third-party dependencies, not 1 (yaml)',
    ]);
  });

  it('wants one range of a third-party package in the whole repository', () => {
    const a = packageFixture('packages/a', 'library', { dependencies: { yaml: '^2.0.0' } });
    const b = packageFixture('packages/b', 'library', { devDependencies: { yaml: '^2.1.0', jest: '^29.0.0' } });
    expect(check(a, b)).toEqual([
      'packages/b/package.json: asks for yaml as "^2.1.0", but packages/a/package.json as "^2.0.0"',
      'packages/b/package.json: asks for jest as "^29.0.0", but package.json as "^30.0.0"',
    ]);
  });

  it('lets a package have a version of its own where it says so', () => {
    const a = packageFixture('packages/a', 'library', { dependencies: { express: '^5.0.0' } });
    const b = packageFixture('packages/b', 'library', { dependencies: { express: '^4.0.0' } });
    const manifest = { ...b.manifest, bulkhead: { ...b.manifest.bulkhead, ownVersions: ['express'] } };
    expect(check(a, { ...b, manifest })).toEqual([]);
  });
});
