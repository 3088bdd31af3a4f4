import { describe, expect, it } from '@jest/globals';
import { checkDecisions } from './check-decisions.ts';
import { packageFixture, workspaceFixture, writeFiles } from './fixtures.ts';

describe('checkDecisions', () => {
  it('misses a reason for a third-party dependency, and for nothing else', () => {
    const workspace = workspaceFixture(
      packageFixture('packages/a', 'library', {
        dependencies: { yaml: '2', 'yaml-ast': '1', '@bulkhead/b': '^1.2.0' },
        optionalDependencies: { '@redis/client': '6' },
        peerDependencies: { eslint: '10' },
        devDependencies: { jest: '30' },
      }),
      packageFixture('packages/b', 'foundation'),
      packageFixture('packages/backend', 'tooling', {
        bulkhead: { role: 'backend' },
        dependencies: { '@backstage/plugin-catalog-backend': '4' },
      }),
    );
    writeFiles(workspace.root, { 'docs/adr/0001-choose.md': '| yaml 2 | positions |\n\nAnd `@redis/client`, lazily.' });
    expect(checkDecisions(workspace)).toEqual([
      {
        file: 'packages/a/package.json',
        message:
          'depends on yaml-ast, which no record in docs/adr explains; add a line to the list of dependencies there',
      },
    ]);
  });
});
