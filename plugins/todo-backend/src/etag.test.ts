import { describe, expect, it } from '@jest/globals';
import { etagOf, isKnownToClient, readExpectedVersion } from './etag.ts';
import type { Todo } from './generated/types.ts';

const todo: Todo = {
  id: '5c6ba1a5-4f3a-4f5e-8d0e-0f3a3c3f0d11',
  title: 'Write tests',
  done: false,
  version: 3,
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.000Z',
};

describe('etagOf', () => {
  it('is the version in double quotes', () => {
    expect(etagOf(todo)).toBe('"3"');
  });
});

describe('isKnownToClient', () => {
  it.each(['"3"', 'W/"3"', '"1", "3"', ' "1" ,W/"3"', '*'])('says yes to %s', (header) => {
    expect(isKnownToClient(todo, header)).toBe(true);
  });

  it.each([undefined, '"2"', '"33"', '3', '""', '', '"3'])('says no to %s', (header) => {
    expect(isKnownToClient(todo, header)).toBe(false);
  });
});

describe('readExpectedVersion', () => {
  it.each<[string, ReturnType<typeof readExpectedVersion>]>([
    ['*', 'any'],
    ['"3"', [3]],
    ['"3", "4"', [3, 4]],
    ['"3","4"', [3, 4]],
    // Lists may have empty elements: RFC 9110, section 5.6.1.2.
    [', "3",, "4" ,', [3, 4]],
    // A weak tag never matches, and neither does one that this plugin did not hand out.
    ['W/"3"', []],
    ['W/"3", "4"', [4]],
    ['"abc,def", "4"', [4]],
    ['"0"', []],
    ['"03"', []],
    ['"2147483647"', [2147483647]],
    ['"2147483648"', []],
    ['"99999999999999999999"', []],
  ])('reads %s', (header, expected) => {
    expect(readExpectedVersion(header)).toEqual(expected);
  });

  it.each(['', ',', '3', '"3', '"3" "4"', '*, "3"', 'w/"3"'])('does not understand %j', (header) => {
    expect(() => readExpectedVersion(header)).toThrow(expect.objectContaining({ code: 'ERR_TODO_IF_MATCH' }));
  });
});
