import { describe, expect, it } from '@jest/globals';
import { encodeCursor } from '../cursor.ts';
import { readExpectedVersion, readListQuery, readNewTodo, readTodoChanges, readTodoId } from './todo-input.ts';

const ID = '5c6ba1a5-4f3a-4f5e-8d0e-0f3a3c3f0d11';

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_TODO_INVALID_INPUT', statusCode: 400 });
    return (error as Error).message;
  }
  throw new TypeError('Nothing was thrown');
}

describe('readNewTodo', () => {
  it('reads a todo', () => {
    expect(readNewTodo({ title: ' Ship it ', done: true })).toEqual({ title: ' Ship it ', done: true });
    expect(readNewTodo({ title: '🚢'.repeat(500) })).toEqual({ title: '🚢'.repeat(500), done: undefined });
  });

  it('names every offending place', () => {
    expect(messageOf(() => readNewTodo({ done: 'yes', titel: 'Ship it', 'a/b~c': 1 }))).toBe(
      'The request is not valid: /body/title is missing; /body/done must be true or false; ' +
        '/body/titel is not known, was title meant?; /body/a~1b~0c is not known',
    );
  });

  it.each<unknown>(['', ' \n', 'x'.repeat(501), 'a\0b', '\ud800', 1, null, undefined, {}, ['x']])(
    'refuses the title %j',
    (title) => {
      expect(messageOf(() => readNewTodo({ title }))).toBe(
        'The request is not valid: /body/title must be a text of 1 to 500 characters that is not blank',
      );
    },
  );

  it.each<unknown>([undefined, null, [], 'title', 1])('refuses the body %j', (body) => {
    expect(messageOf(() => readNewTodo(body))).toBe('The request is not valid: /body must be an object');
  });

  it('is not misled by what objects inherit', () => {
    expect(messageOf(() => readNewTodo(JSON.parse('{"__proto__":{"title":"x"},"constructor":1}')))).toBe(
      'The request is not valid: /body/title is missing; /body/__proto__ is not known; /body/constructor is not known',
    );
  });
});

describe('readTodoChanges', () => {
  it('reads any part of a todo', () => {
    expect(readTodoChanges({ done: false })).toEqual({ title: undefined, done: false });
    expect(readTodoChanges({ title: 'Ship it' })).toEqual({ title: 'Ship it', done: undefined });
  });

  it('refuses to change nothing', () => {
    expect(messageOf(() => readTodoChanges({}))).toBe(
      'The request is not valid: /body must have a title, done, or both',
    );
  });

  it('refuses null, which is no way to leave something out', () => {
    expect(messageOf(() => readTodoChanges({ done: null }))).toContain('/body/done must be true or false');
  });
});

describe('readListQuery', () => {
  it('has the given page size and no conditions by default', () => {
    expect(readListQuery({}, 20)).toEqual({ limit: 20 });
  });

  it('reads all conditions', () => {
    const position = { createdAt: '2026-01-31T12:00:00.123Z', id: ID };
    const query = {
      limit: '100',
      cursor: encodeCursor(position),
      done: 'false',
      text: 'ship',
      createdSince: '2026-01-31T12:00:00+02:00',
      createdBefore: '2026-02-28t12:00:00.5z',
    };
    expect(readListQuery(query, 20)).toEqual({
      limit: 100,
      after: position,
      done: false,
      text: 'ship',
      createdSince: '2026-01-31T10:00:00.000Z',
      createdBefore: '2026-02-28T12:00:00.500Z',
    });
  });

  it.each(['0', '101', '-1', '1.5', '1e1', '', ' 1', '99999999999999999999', ['1', '2']])(
    'refuses the limit %j',
    (limit) => {
      expect(messageOf(() => readListQuery({ limit }, 20))).toContain('/query/limit must be an integer from 1 to 100');
    },
  );

  it.each([
    '2026-01-31',
    '2026-02-30T12:00:00Z',
    '2026-01-31T12:00:00',
    '2026-01-31T12:00:00 02:00',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    'yesterday',
  ])('refuses the date %s', (createdSince) => {
    expect(messageOf(() => readListQuery({ createdSince }, 20))).toContain(
      '/query/createdSince must be a date and time',
    );
  });

  it.each([
    '',
    'x',
    '!!!',
    encodeCursor({ createdAt: 'then', id: ID }),
    encodeCursor({ createdAt: '2026-01-31T12:00:00Z', id: '1' }),
  ])('refuses the cursor %j', (cursor) => {
    expect(messageOf(() => readListQuery({ cursor }, 20))).toContain('/query/cursor must be the nextCursor of a page');
  });

  it('refuses conditions that it does not know', () => {
    expect(messageOf(() => readListQuery({ limt: '1' }, 20))).toBe(
      'The request is not valid: /query/limt is not known, was limit meant?',
    );
  });
});

describe('readTodoId', () => {
  it('reads a UUID in any case', () => {
    expect(readTodoId({ id: ID.toUpperCase() })).toBe(ID);
  });

  it('refuses anything else', () => {
    expect(messageOf(() => readTodoId({ id: '1 or 1=1' }))).toBe('The request is not valid: /path/id must be a UUID');
  });
});

describe('readExpectedVersion', () => {
  it('reads versions', () => {
    expect(readExpectedVersion('"1"')).toEqual([1]);
    expect(readExpectedVersion('*')).toBe('any');
  });

  it('demands the header', () => {
    expect(() => readExpectedVersion(undefined)).toThrow(
      expect.objectContaining({ code: 'ERR_TODO_VERSION_REQUIRED', statusCode: 428 }),
    );
  });

  it('refuses a malformed one', () => {
    expect(messageOf(() => readExpectedVersion('1'))).toContain('/header/if-match must be * or ETags in double quotes');
  });
});
