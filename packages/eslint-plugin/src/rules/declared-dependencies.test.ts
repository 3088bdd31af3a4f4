import { createRuleTester, createWorkspace } from '../../test/workspace.ts';
import { declaredDependencies } from './declared-dependencies.ts';

const manifest = {
  bulkhead: { layer: 'service' },
  dependencies: { yaml: '1' },
  optionalDependencies: { fast: '1' },
  peerDependencies: { knex: '3', '@types/express': '5', '@types/scope__untyped': '1' },
  devDependencies: { supertest: '7' },
};
const file = createWorkspace([{ dir: 'packages/a', name: '@acme/a', manifest }], { devDependencies: { jest: '30' } });
const source = file('packages/a/src/a.ts');
const test = file('packages/a/src/a.test.ts');
const undeclared = (name: string, field = 'dependencies or peerDependencies') => [
  { messageId: 'undeclared', data: { name, from: '@acme/a', field } },
];

createRuleTester().run('declared-dependencies', declaredDependencies, {
  valid: [
    { name: 'a dependency and its subpaths', filename: source, code: "import 'yaml'; import 'yaml/util';" },
    { name: 'optional and peer dependencies', filename: source, code: "import('fast'); import 'knex';" },
    { name: 'types', filename: source, code: "import type { A } from 'express'; let b: import('@scope/untyped').B;" },
    { name: 'Node.js and own files', filename: source, code: "import 'node:fs'; import './b.ts'; import '@acme/a';" },
    { name: 'tests may use development dependencies', filename: test, code: "import 'supertest'; import 'yaml';" },
    { name: 'and those of the root', filename: test, code: "import 'jest';" },
    { name: 'no package', filename: file('scripts/a.ts'), code: "import 'jest';" },
  ],
  invalid: [
    { name: 'what nobody declares', filename: source, code: "import 'ajv';", errors: undeclared('ajv') },
    { name: 'a subpath', filename: source, code: "import '@acme/b/c';", errors: undeclared('@acme/b') },
    {
      name: 'a development dependency',
      filename: source,
      code: "import 'supertest';",
      errors: undeclared('supertest'),
    },
    { name: 'in a test', filename: test, code: "import 'ajv';", errors: undeclared('ajv', 'devDependencies') },
  ],
});
