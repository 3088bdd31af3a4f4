import { describe, expect, it } from '@jest/globals';
import { BulkheadError, isErrorLike } from './index.ts';

describe('BulkheadError', () => {
  it('has code, message, hint and cause', () => {
    const cause = new Error('below');
    const error = new BulkheadError('ERR_TEST_WHAT', 'It broke', { hint: 'Mend it.', cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'ERR_TEST_WHAT', message: 'It broke', hint: 'Mend it.' });
    expect(error.cause).toBe(cause);
  });

  it('has no hint and no cause unless given one', () => {
    const error = new BulkheadError('ERR_TEST_WHAT', 'It broke');
    expect('hint' in error).toBe(false);
    expect('cause' in error).toBe(false);
  });

  it('is named after its class, and the name is not enumerable', () => {
    class SpecialError extends BulkheadError {}
    const error = new SpecialError('ERR_TEST_WHAT', 'It broke');
    expect(error.name).toBe('SpecialError');
    expect(Object.keys(error)).toEqual(['code']);
    expect(error.stack).toContain('It broke');
  });
});

describe('isErrorLike', () => {
  it('takes whatever has a name and a message', () => {
    expect(isErrorLike(new TypeError('x'))).toBe(true);
    expect(isErrorLike({ name: 'ForeignError', message: 'from another copy of a package' })).toBe(true);
  });

  it.each([undefined, null, 'text', 7, {}, { name: 'x' }, { name: 'x', message: 1 }])('refuses %p', (value) => {
    expect(isErrorLike(value)).toBe(false);
  });
});
