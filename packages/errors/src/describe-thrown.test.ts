import { describe, expect, it } from '@jest/globals';
import { describeThrown, formatError, isErrorLike } from './index.ts';

const nameless: object = Object.create(null);
const circular: { self?: unknown } = Object.create(null);
circular.self = circular;
const hostile = new Proxy(nameless, {
  get(): never {
    throw new TypeError('no');
  },
});

describe('describeThrown', () => {
  it.each<[unknown, string]>([
    ['oops', '"oops"'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [10n, '10'],
    [{ status: 5 }, '{"status":5}'],
    [nameless, '{}'],
    [circular, 'a value of the type object'],
    [hostile, 'a value of the type object'],
    ['x'.repeat(1000), `"${'x'.repeat(199)}…`],
  ])('takes anything (%#)', (value, text) => {
    const sentence = `Something that is no error was thrown: ${text}`;
    expect(describeThrown(value)).toBe(sentence);
    expect(isErrorLike(value)).toBe(false);
    expect(formatError(value)).toBe(sentence);
  });
});
