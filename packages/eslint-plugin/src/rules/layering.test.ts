import { createRuleTester, createWorkspace, type FixturePackage } from '../../test/workspace.ts';
import { layering } from './layering.ts';

const inLayer = (dir: string, layer: string, more: object = {}): FixturePackage => ({
  dir,
  name: `@acme/${dir.split('/')[1]}`,
  manifest: { bulkhead: { layer }, exports: { '.': './src/index.ts', './testing': './src/testing.ts' }, ...more },
});

const file = createWorkspace([
  inLayer('packages/errors', 'foundation'),
  inLayer('packages/config', 'foundation'),
  inLayer('packages/runtime', 'runtime'),
  inLayer('packages/services', 'service'),
  inLayer('packages/test-kit', 'testing'),
  inLayer('packages/odd', 'attic'),
  inLayer('plugins/todo-backend', 'plugin'),
  { dir: 'packages/plain', name: 'plain', manifest: { exports: { '.': './index.js' } } },
]);

const upward = (from: string, fromLayer: string, to: string, toLayer: string, allowed: string) => ({
  messageId: 'upward',
  data: { from, fromLayer, to, toLayer, allowed },
});

createRuleTester().run('layering', layering, {
  valid: [
    { name: 'a layer beside', filename: file('packages/config/src/a.ts'), code: "import '@acme/errors';" },
    { name: 'a layer below', filename: file('packages/services/src/a.ts'), code: "export * from '@acme/config';" },
    { name: 'a public subpath', filename: file('packages/services/src/a.ts'), code: "import '@acme/errors/testing';" },
    { name: 'its own name', filename: file('packages/config/src/a.ts'), code: "import '@acme/config/deep';" },
    { name: 'its own files', filename: file('packages/config/src/a.ts'), code: "import '../test/b.ts';" },
    { name: 'Node.js', filename: file('packages/config/src/a.ts'), code: "import 'node:fs'; import 'path';" },
    { name: 'a package without a layer', filename: file('packages/config/src/a.ts'), code: "import 'plain/deep.js';" },
    { name: 'a package that is not there', filename: file('packages/config/src/a.ts'), code: "import 'absent';" },
    { name: 'a computed import', filename: file('packages/config/src/a.ts'), code: 'await import(name);' },
    {
      name: 'tests may import testing',
      filename: file('packages/services/src/a.test.ts'),
      code: "import '@acme/test-kit';",
    },
    { name: 'the test folder too', filename: file('packages/services/test/a.ts'), code: "import '@acme/test-kit';" },
    { name: 'no package', filename: file('scripts/a.ts'), code: "import '../packages/errors/src/index.ts';" },
  ],
  invalid: [
    {
      name: 'a layer above',
      filename: file('packages/errors/src/a.ts'),
      code: "import { x } from '@acme/services';",
      errors: [upward('@acme/errors', 'foundation', '@acme/services', 'service', 'foundation')],
    },
    {
      name: 'export from, import() and type imports',
      filename: file('packages/services/src/a.ts'),
      code: "export { x } from '@acme/runtime'; import('@acme/runtime'); let a: import('@acme/runtime').A;",
      errors: [{ messageId: 'upward' }, { messageId: 'upward' }, { messageId: 'upward' }],
    },
    {
      name: 'a type import is an import',
      filename: file('packages/config/src/a.ts'),
      code: "import type { X } from '@acme/runtime';",
      errors: [{ messageId: 'upward' }],
    },
    {
      name: 'testing outside of tests',
      filename: file('packages/services/src/a.ts'),
      code: "import '@acme/test-kit';",
      errors: [upward('@acme/services', 'service', '@acme/test-kit', 'testing', 'foundation, contract, library')],
    },
    {
      name: 'testing in the tests of a layer that may not',
      filename: file('packages/errors/src/a.test.ts'),
      code: "import '@acme/test-kit';",
      errors: [{ messageId: 'upward' }],
    },
    {
      name: 'a deep import',
      filename: file('packages/config/src/a.ts'),
      code: "import '@acme/errors/src/http.ts';",
      errors: [
        {
          messageId: 'deep',
          data: {
            specifier: '@acme/errors/src/http.ts',
            to: '@acme/errors',
            exports: '@acme/errors, @acme/errors/testing',
          },
        },
      ],
    },
    {
      name: 'a relative import that leaves the package',
      filename: file('packages/config/src/a.ts'),
      code: "import '../../errors/src/index.ts';",
      errors: [{ messageId: 'outside', data: { specifier: '../../errors/src/index.ts', from: '@acme/config' } }],
    },
    {
      name: 'a layer that does not exist',
      filename: file('packages/services/src/a.ts'),
      code: "import '@acme/odd';",
      errors: [{ messageId: 'unknownLayer', data: { name: '@acme/odd', layer: 'attic' } }],
    },
  ],
});
