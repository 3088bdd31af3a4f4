import { describe, expect, it } from '@jest/globals';
import { code, declareType, docComment, literal, propertyKey } from './source-text.ts';

describe('comments', () => {
  it('say what there is to say', () => {
    expect(docComment({})).toBe('');
    expect(docComment({ summary: ' ' })).toBe('');
    expect(docComment({ summary: 'List todos' })).toBe('/** List todos */\n');
    expect(docComment({ summary: 'List todos', description: 'The newest\nfirst.', deprecated: '2026-01-01' })).toBe(
      '/**\n * List todos\n *\n * The newest\n * first.\n *\n * @deprecated since 2026-01-01\n */\n',
    );
    expect(docComment({ deprecated: true })).toBe('/** @deprecated by its contract */\n');
  });

  it('are not ended, nor given tags, by what a contract says', () => {
    expect(docComment({ summary: 'Matches */*, tells @everybody, not ada@example.com' })).toBe(
      '/** Matches *\\/*, tells \\@everybody, not ada@example.com */\n',
    );
  });
});

describe('names and values', () => {
  it('are quoted where they have to be', () => {
    expect([propertyKey('limit'), propertyKey('if-match'), propertyKey("a'b\n")]).toEqual([
      'limit',
      '"if-match"',
      '"a\'b\\n"',
    ]);
  });

  it('are literals, with code between them', () => {
    expect(literal({ a: [1, 'x', null], 'b-c': code('validators.b'), d: undefined, e: {} })).toBe(
      '{ a: [1, "x", null], "b-c": validators.b, e: {} }',
    );
  });
});

describe('types', () => {
  it('are interfaces where they can be', () => {
    expect(declareType('A', '{ readonly b: { c: 1 } }')).toBe('export interface A { readonly b: { c: 1 } }');
    expect(declareType('A', '{ b: 1 } & { c: 1 }')).toBe('export type A = { b: 1 } & { c: 1 };');
    expect(declareType('A', 'B')).toBe('export type A = B;');
  });
});
