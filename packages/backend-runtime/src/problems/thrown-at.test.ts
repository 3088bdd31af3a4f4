import { describe, expect, it } from '@jest/globals';
import { BulkheadError } from '@bulkhead/errors';
import { thrownAt } from './thrown-at.ts';

function withStack(stack: string): Error {
  return Object.assign(new Error('boom'), { stack });
}

describe('thrownAt', () => {
  it('names the innermost frame', () => {
    expect(thrownAt(new Error('boom'))).toEqual({
      file: import.meta.filename,
      line: expect.any(Number),
      column: expect.any(Number),
    });
    const stack =
      'Error: boom\n    at file:///srv/a%20b/plugin.js:3:7\n    at ModuleJob.run (node:internal/modules:1:2)';
    expect(thrownAt(withStack(stack))).toEqual({ file: '/srv/a b/plugin.js', line: 3, column: 7 });
    expect(thrownAt(withStack('Error: boom\n    at new Quote (/srv/quote.ts:3:7)'))).toEqual({
      file: '/srv/quote.ts',
      line: 3,
      column: 7,
    });
  });

  it('names the place of a syntax error in TypeScript', () => {
    const stack =
      '/srv/plugin.ts:2\nconst a = ;\n          ^\n\nSyntaxError: Expression expected\n    at parse (node:x:1:2)';
    expect(thrownAt(withStack(stack))).toEqual({ file: '/srv/plugin.ts', line: 2 });
  });

  it('names nothing where Node.js or Bulkhead threw', () => {
    const stack =
      'Error: Cannot find package\n    at resolve (node:internal/x:1:2)\n    at async file:///srv/index.js:1:2';
    expect(thrownAt(withStack(stack))).toBeUndefined();
    expect(thrownAt(new BulkheadError('ERR_SOME', 'x'))).toBeUndefined();
    expect(thrownAt(withStack('Error: boom'))).toBeUndefined();
    expect(thrownAt('text')).toBeUndefined();
  });
});
