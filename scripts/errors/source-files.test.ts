import { describe, expect, it } from '@jest/globals';
import { workspaceFixture, writeFiles } from '../manifests/fixtures.ts';
import { readSourceFiles } from './source-files.ts';

describe('readSourceFiles', () => {
  it('reads the sources and tests of packages and plugins, and tells them apart', () => {
    const { root } = workspaceFixture();
    writeFiles(root, {
      'lerna.json': '{}',
      'package.json': '{}',
      'packages/cache/package.json': '{}',
      'packages/test-kit/package.json': JSON.stringify({ bulkhead: { layer: 'testing' } }),
      'packages/test-kit/src/mock-cache.ts': '',
      'packages/cache/src/errors.ts': '',
      'packages/cache/src/store/store.test.ts': '',
      'packages/cache/src/contracts/cache.ts': "import { expect } from '@jest/globals';",
      'packages/cache/src/generated/client.ts': '',
      'packages/cache/dist/errors.d.ts': '',
      'packages/cache/test/cluster.ts': '',
      'plugins/todo-backend/src/errors.ts': '',
      'scripts/errors.ts': '',
    });
    expect(readSourceFiles(root).map(({ file, section, test, standIn }) => [file, section, test, standIn])).toEqual([
      ['packages/cache/src/contracts/cache.ts', 'cache', true, false],
      ['packages/cache/src/errors.ts', 'cache', false, false],
      ['packages/cache/src/store/store.test.ts', 'cache', true, false],
      ['packages/cache/test/cluster.ts', 'cache', true, false],
      ['packages/test-kit/src/mock-cache.ts', 'test-kit', false, true],
      ['plugins/todo-backend/src/errors.ts', 'todo-backend', false, false],
    ]);
  });
});
