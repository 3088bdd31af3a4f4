import { createRuleTester, createWorkspace } from '../../test/workspace.ts';
import { documentedExports } from './documented-exports.ts';

const file = createWorkspace([{ dir: 'packages/a', name: 'a', manifest: { bulkhead: { layer: 'library' } } }]);
const filename = file('packages/a/src/a.ts');
const undocumented = (name: string) => ({ messageId: 'undocumented', data: { name } });

createRuleTester().run('documented-exports', documentedExports, {
  valid: [
    { name: 'what has a comment', filename, code: '/** A. */\nexport const a = 1;\n/** B. */\nexport interface B {}' },
    { name: 'what is not exported', filename, code: 'const a = 1; function b() {}' },
    { name: 're-exports', filename, code: "export { a } from './b.ts'; const b = 1; export { b };" },
    {
      name: 'further overloads',
      filename,
      code: '/** A. */\nexport function a(): void;\nexport function a(b?: 1): void {}',
    },
    { name: 'tests', filename: file('packages/a/src/a.test.ts'), code: 'export const a = 1;' },
  ],
  invalid: [
    { name: 'a constant', filename, code: 'export const a = 1, b = 2;', errors: [undocumented('a, b')] },
    {
      name: 'a type, an interface',
      filename,
      code: 'export type A = 1; export interface B {}',
      errors: [undocumented('A'), undocumented('B')],
    },
    {
      name: 'a class, a function',
      filename,
      code: 'export class A {} export function b() {}',
      errors: [undocumented('A'), undocumented('b')],
    },
    {
      name: 'comments of other kinds',
      filename,
      code: '// A.\nexport const a = 1;\n/* B. */\nexport const b = 1;',
      errors: [undocumented('a'), undocumented('b')],
    },
  ],
});
