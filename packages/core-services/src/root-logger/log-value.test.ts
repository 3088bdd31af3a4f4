import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ConflictError } from '@bulkhead/errors';
import { isLoggedError, LogValueReader } from './log-value.ts';
import { createRedactor } from './redactor.ts';

const reader = new LogValueReader(createRedactor(['hunter2', '4711']));

describe('LogValueReader', () => {
  it.each([
    ['text', 'text'],
    [1.5, 1.5],
    [NaN, 'NaN'],
    [10n, '10'],
    [true, true],
    [null, null],
    [undefined, undefined],
    [Symbol('s'), 'Symbol(s)'],
    [() => 1, '[function]'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(NaN), 'Invalid Date'],
    [Buffer.from('secret'), '[6 bytes]'],
    [new Map([['a', { b: 1 }]]), { a: { b: 1 } }],
    [new Set([1, 2]), [1, 2]],
    [/x/g, '/x/g'],
    [Promise.resolve(1), '[promise]'],
    [new URL('http://x/y'), 'http://x/y'],
    [
      [undefined, 1],
      [null, 1],
    ],
    [{ a: undefined, b: { c: [1] } }, { b: { c: [1] } }],
  ])('reads %p', (value, expected) => {
    expect(reader.value(value)).toEqual(expected);
  });

  it('takes secrets out of texts, keys and numbers', () => {
    expect(reader.value({ a: ['x hunter2'], hunter2: 1, n: 4711, m: 4712 })).toEqual({
      a: ['x ***'],
      '***': 1,
      n: '***',
      m: 4712,
    });
  });

  it('takes credentials out of what errors of HTTP clients carry, and shows nothing of streams', () => {
    const headers = {
      Accept: '*/*',
      Authorization: 'Bearer user',
      'x-auth-token': 'abc',
      Cookie: ['backstage-auth=abc'],
    };
    const request = Object.assign(new PassThrough(), { _header: 'authorization: Bearer user' });
    const error = Object.assign(new Error('Request failed'), { config: { headers, url: '/x' }, request });
    expect(reader.value(error)).toMatchObject({
      config: { headers: { Accept: '*/*', Authorization: '***', 'x-auth-token': '***', Cookie: '***' }, url: '/x' },
      request: '[PassThrough]',
    });
    expect(reader.value({ error: { tokens: 1, tokenCount: 2 } })).toEqual({ error: { tokens: 1, tokenCount: 2 } });
  });

  it('survives circles and endless depth', () => {
    const circle: Record<string, unknown> = { name: 'a' };
    circle.self = circle;
    circle.list = [circle];
    expect(reader.value(circle)).toEqual({ name: 'a', self: '[circular]', list: ['[circular]'] });
    let deep: unknown = 'end';
    for (let level = 0; level < 100_000; level++) deep = { deep };
    expect(JSON.stringify(reader.value(deep))).toContain('[object]');
  });

  it('shows the same object twice if it is no circle', () => {
    const shared = { a: 1 };
    expect(reader.value([shared, shared])).toEqual([shared, shared]);
  });

  it('survives objects that throw', () => {
    const throws = (): never => {
      throw new TypeError('no');
    };
    expect(reader.value(Object.defineProperty({ a: 1 }, 'b', { get: throws, enumerable: true }))).toEqual({
      a: 1,
      b: '[unreadable]',
    });
    expect(reader.value({ toJSON: throws })).toBe('[unreadable]');
    expect(reader.value(new Proxy({}, { ownKeys: throws }))).toBe('[unreadable]');
    expect(reader.value(Object.create(null))).toEqual({});
  });

  it('cuts what is long', () => {
    expect(reader.text('x'.repeat(40_000))).toMatch(/^x{32768}… \(7232 more characters\)$/);
    expect(reader.value(Array.from({ length: 203 }, () => 1))).toHaveLength(201);
    const wide = Object.fromEntries(Array.from({ length: 203 }, (_, index) => [`k${index}`, index]));
    expect(reader.value(wide)).toMatchObject({ k199: 199, '…': '3 more' });
  });

  it('keeps __proto__ a field like any other', () => {
    const value = reader.value(JSON.parse('{"__proto__":{"a":1}}'));
    expect(JSON.stringify(value)).toBe('{"__proto__":{"a":1}}');
  });

  it('reads errors with code, hint, own fields and causes', () => {
    const cause = Object.assign(new TypeError('password hunter2 refused'), { code: '28P01', detail: 'hunter2' });
    const error = new ConflictError('It exists', { code: 'ERR_TODO_EXISTS', hint: 'Choose another name', cause });
    const read = reader.value({ error }) as { error: Record<string, never> };
    expect(isLoggedError(read.error)).toBe(true);
    expect(read.error).toMatchObject({
      name: 'ConflictError',
      message: 'It exists',
      code: 'ERR_TODO_EXISTS',
      hint: 'Choose another name',
      statusCode: 409,
      stack: expect.stringContaining('log-value.test.ts'),
      cause: { name: 'TypeError', message: 'password *** refused', code: '28P01', detail: '***' },
    });
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });

  it('reads errors that are their own cause, and aggregates', () => {
    const error: Error & { cause?: unknown } = new TypeError('a');
    error.cause = error;
    expect(reader.value(error)).toMatchObject({ message: 'a', cause: '[circular]' });
    expect(reader.value(new AggregateError([new TypeError('b')], 'c'))).toMatchObject({ errors: [{ message: 'b' }] });
  });
});
