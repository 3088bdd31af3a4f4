import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PreparedStatements } from './prepared-statements.ts';

const texts = fc.constantFrom(
  'select 1',
  'SELECT 2',
  '\n insert into a values (1)',
  'begin',
  'select 1; select 2',
  'ab',
);

describe('PreparedStatements', () => {
  it('names a text after five uses, each by another name, and keeps to it', () => {
    fc.assert(
      fc.property(fc.array(texts), (asked) => {
        const statements = new PreparedStatements();
        const uses = new Map<string, number>();
        const names = new Map<string, string>();
        for (const text of asked) {
          const name = statements.nameOf(text);
          const before = uses.get(text) ?? 0;
          uses.set(text, before + 1);
          expect(name !== undefined).toBe(before >= 5 && /^\s*(select|insert)[^;]*$/i.test(text));
          if (name !== undefined) {
            expect(names.get(text) ?? name).toBe(name);
            names.set(text, name);
          }
        }
        expect(new Set(names.values()).size).toBe(names.size);
      }),
    );
  });

  it('never gives a name to a second text, nor twice to the same', () => {
    const statements = new PreparedStatements();
    const given = new Set<string>();
    for (let round = 1; round <= 300; round += 1) {
      const text = `select ${round % 3}`;
      for (let use = 0; use < 5; use += 1) {
        expect(statements.nameOf(text)).toBeUndefined();
      }
      given.add(statements.nameOf(text)!);
      expect(given.size).toBe(round);
      statements.forget(text);
    }
  });

  it('does not count what is longer than any statement that comes again', () => {
    const statements = new PreparedStatements();
    const text = `select ${'1, '.repeat(2_000)}`;
    expect(Array.from({ length: 10 }, () => statements.nameOf(text))).toEqual(Array.from({ length: 10 }));
  });
});
