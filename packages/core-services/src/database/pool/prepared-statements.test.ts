import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PlainStatement } from './connection-lease.ts';
import { PreparedStatements } from './prepared-statements.ts';

const asked = (text: string): PlainStatement => ({ text, values: [] });
const texts = fc.constantFrom(
  'select 1',
  '\n VALUES (2)',
  'insert into a values (1)',
  'begin',
  'select 1; select 2',
  'select $1',
);

describe('PreparedStatements', () => {
  it('names a text after five uses, each by another name, and keeps to it', () => {
    fc.assert(
      fc.property(fc.array(texts), (all) => {
        const statements = new PreparedStatements();
        const uses = new Map<string, number>();
        const names = new Map<string, string>();
        for (const text of all) {
          const name = statements.nameOf(asked(text));
          const before = uses.get(text) ?? 0;
          uses.set(text, before + 1);
          expect(name !== undefined).toBe(before >= 5 && /^\s*(select|values)[^;$]*$/i.test(text));
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
        expect(statements.nameOf(asked(text))).toBeUndefined();
      }
      given.add(statements.nameOf(asked(text))!);
      expect(given.size).toBe(round);
      statements.forget(asked(text));
    }
  });

  it('names what has values in the place of each placeholder', () => {
    const statements = new PreparedStatements();
    const names = Array.from({ length: 6 }, () => statements.nameOf({ text: 'select $1', values: [1] }));
    expect(names.at(-1)).toBeDefined();
  });

  it('counts afresh after two hundred other texts, and so keeps no more', () => {
    const statements = new PreparedStatements();
    const ask = (times: number): (string | undefined)[] =>
      Array.from({ length: times }, () => statements.nameOf(asked('select 1')));
    ask(5);
    for (let other = 0; other < 200; other += 1) {
      statements.nameOf(asked(`select 1 as column_${other}`));
    }
    expect(ask(5)).toEqual(Array.from({ length: 5 }));
    expect(ask(1)).toEqual([expect.any(String)]);
  });

  it('does not count what is longer than any statement that comes again', () => {
    const statements = new PreparedStatements();
    const text = `select ${'1, '.repeat(2_000)}`;
    expect(Array.from({ length: 10 }, () => statements.nameOf(asked(text)))).toEqual(Array.from({ length: 10 }));
  });
});
