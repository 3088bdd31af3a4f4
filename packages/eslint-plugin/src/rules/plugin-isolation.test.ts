import { createRuleTester, createWorkspace, type FixturePackage } from '../../test/workspace.ts';
import { pluginIsolation } from './plugin-isolation.ts';

const plugin = (folder: string, layer: string, role: string, pluginId: string): FixturePackage => ({
  dir: `plugins/${folder}`,
  name: `@acme/plugin-${folder}`,
  manifest: { bulkhead: { layer, role, pluginId } },
});

const file = createWorkspace([
  plugin('todo-backend', 'plugin', 'backend-plugin', 'todo'),
  plugin('todo-node', 'plugin-node', 'node-library', 'todo'),
  plugin('todo-backend-module-audit', 'plugin', 'backend-plugin-module', 'todo'),
  plugin('digest-backend', 'plugin', 'backend-plugin', 'digest'),
  { dir: 'packages/backend', name: '@acme/backend', manifest: { bulkhead: { layer: 'app', role: 'backend' } } },
]);

const names = (from: string, to: string) => ({
  from: `@acme/plugin-${from}`,
  to: `@acme/plugin-${to}`,
  node: '@acme/plugin-todo-node',
  common: '@acme/plugin-todo-common',
});

/** All that a plugin might try in order to get at the code of another. */
const WAYS_IN: readonly (readonly [name: string, code: string])[] = [
  ['an import', "import todo from '@acme/plugin-todo-backend';"],
  ['an import of types', "import type { Todo } from '@acme/plugin-todo-backend';"],
  ['an import of a type among values', "import { type Todo } from '@acme/plugin-todo-backend';"],
  ['a type', "type Todo = import('@acme/plugin-todo-backend').Todo;"],
  ['a re-export', "export { todo } from '@acme/plugin-todo-backend';"],
  ['a re-export of everything', "export * from '@acme/plugin-todo-backend';"],
  ['an import at run time', "await import('@acme/plugin-todo-backend');"],
  ['an import at run time, by a template', 'await import(`@acme/plugin-todo-backend`);'],
  ['require', "require('@acme/plugin-todo-backend');"],
  ['require of TypeScript', "import todo = require('@acme/plugin-todo-backend');"],
  ['the place of a file', "require.resolve('@acme/plugin-todo-backend');"],
  ['the URL of a file', "import.meta.resolve('@acme/plugin-todo-backend');"],
  ['a part', "import '@acme/plugin-todo-backend/src/service/todo-store.ts';"],
  ['a path', "import '../../todo-backend/src/service/todo-store.ts';"],
  ['a path to its folder', "import '../../todo-backend';"],
  ['a path from the root', `import '${file('plugins/todo-backend/src/a.ts')}';`],
  ['a URL', `import('file://${file('plugins/todo-backend/src/a.ts')}');`],
];

createRuleTester().run('plugin-isolation', pluginIsolation, {
  valid: [
    {
      name: 'the -node package',
      filename: file('plugins/digest-backend/src/a.ts'),
      code: "import '@acme/plugin-todo-node';",
    },
    {
      name: 'its own name',
      filename: file('plugins/todo-backend/src/a.ts'),
      code: "import '@acme/plugin-todo-backend';",
    },
    { name: 'its own files', filename: file('plugins/todo-backend/src/a.ts'), code: "import './b.ts';" },
    { name: 'an app', filename: file('packages/backend/src/a.ts'), code: "import('@acme/plugin-todo-backend');" },
    {
      name: 'the test of a module starts the plugin that it extends',
      filename: file('plugins/todo-backend-module-audit/src/a.test.ts'),
      code: "import '@acme/plugin-todo-backend';",
    },
  ],
  invalid: [
    {
      name: 'another plugin',
      filename: file('plugins/digest-backend/src/a.ts'),
      code: "import('@acme/plugin-todo-backend');",
      errors: [{ messageId: 'plugin', data: names('digest-backend', 'todo-backend') }],
    },
    {
      name: 'another plugin, in a test',
      filename: file('plugins/digest-backend/src/a.test.ts'),
      code: "import '@acme/plugin-todo-backend';",
      errors: [{ messageId: 'plugin' }],
    },
    {
      name: 'a module of another plugin',
      filename: file('plugins/digest-backend/src/a.ts'),
      code: "import '@acme/plugin-todo-backend-module-audit';",
      errors: [{ messageId: 'plugin', data: names('digest-backend', 'todo-backend-module-audit') }],
    },
    {
      name: 'the plugin that a module extends',
      filename: file('plugins/todo-backend-module-audit/src/a.ts'),
      code: "import '@acme/plugin-todo-backend';",
      errors: [{ messageId: 'own' }],
    },
    ...WAYS_IN.map(([name, code]) => ({
      name,
      filename: file('plugins/digest-backend/src/a.ts'),
      code,
      errors: [{ messageId: 'plugin', data: names('digest-backend', 'todo-backend') }],
    })),
  ],
});
