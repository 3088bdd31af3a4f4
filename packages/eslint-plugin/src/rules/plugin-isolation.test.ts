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
  ],
});
