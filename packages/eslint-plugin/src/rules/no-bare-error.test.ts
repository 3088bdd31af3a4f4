import { createRuleTester, createWorkspace } from '../../test/workspace.ts';
import { noBareError } from './no-bare-error.ts';

const file = createWorkspace([{ dir: 'packages/a', name: 'a', manifest: { bulkhead: { layer: 'library' } } }]);
const filename = file('packages/a/src/a.ts');
const bare = (name: string) => ({ messageId: 'bare', data: { name } });

createRuleTester().run('no-bare-error', noBareError, {
  valid: [
    { name: 'a function of errors.ts', filename, code: 'throw missingService(ref);' },
    { name: 'an error with a code', filename, code: "throw new NotFoundError('No such todo');" },
    { name: 'a caught error', filename, code: 'try { a(); } catch (error) { throw error; }' },
    { name: 'an error made for its stack', filename, code: 'const { stack } = new Error();' },
    { name: 'a rejection with a code', filename, code: 'Promise.reject(missingService(ref));' },
    { name: 'a test', filename: file('packages/a/src/a.test.ts'), code: "throw new Error('boom');" },
  ],
  invalid: [
    { name: 'new Error', filename, code: "throw new Error('boom');", errors: [bare('Error')] },
    { name: 'without new', filename, code: "throw TypeError('boom');", errors: [bare('TypeError')] },
    {
      name: 'behind a condition',
      filename,
      code: 'throw a ? new RangeError() : (b ?? new Error());',
      errors: [bare('RangeError'), bare('Error')],
    },
    {
      name: 'rejections',
      filename,
      code: 'new Promise((_, reject) => reject(new Error())); Promise.reject(new Error());',
      errors: [bare('Error'), bare('Error')],
    },
  ],
});
