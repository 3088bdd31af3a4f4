import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { substitute } from './substitute.ts';

const env: Readonly<Record<string, string>> = { HOST: 'example.org', PORT: '7007', EMPTY: '', EVIL: '${HOST} $${' };
const lookup = (name: string): string | undefined => env[name];

describe('substitute', () => {
  it.each([
    ['plain', 'plain'],
    ['${HOST}', 'example.org'],
    ['http://${HOST}:${PORT}/', 'http://example.org:7007/'],
    ['${NOPE:-fallback}', 'fallback'],
    ['${HOST:-fallback}', 'example.org'],
    ['${EMPTY:-fallback}', 'fallback'],
    ['${NOPE:-}', ''],
    ['${NOPE:-${HOST}}', 'example.org'],
    ['${NOPE:-http://${NOPE:-${HOST}}:${PORT}}', 'http://example.org:7007'],
    ['${HOST:-${NOPE}}', 'example.org'],
    ['${NOPE:-a-b:c d}', 'a-b:c d'],
    ['$${HOST}', '${HOST}'],
    ['a$${HOST}b${PORT}', 'a${HOST}b7007'],
    ['${EVIL}', '${HOST} $${'],
    ['${{ parameters.name }}', '${{ parameters.name }}'],
    ['$HOST {HOST} $', '$HOST {HOST} $'],
    ['costs 5$', 'costs 5$'],
  ])('makes %p to %p', (text, expected) => {
    expect(substitute(text, lookup)).toMatchObject({ type: 'text', text: expected });
  });

  it('names all variables that are not set', () => {
    expect(substitute('${A} ${HOST} ${B} ${A} ${EMPTY}', lookup)).toEqual({
      type: 'missing',
      variables: ['A', 'B', 'EMPTY'],
    });
    expect(substitute('${NOPE:-${A}}', lookup)).toEqual({ type: 'missing', variables: ['A'] });
  });

  it.each(['${', '${}', '${A', '${A:-', '${A:-x', '${1A}', '${A B}', '${A:x}', '${A:-${B}', 'x ${-}'])(
    'takes %p for malformed',
    (text) => {
      expect(substitute(text, lookup)).toEqual({ type: 'malformed' });
    },
  );

  it('takes defaults within defaults for malformed when nobody can have meant them', () => {
    const nested = (levels: number): string => `${'${A:-'.repeat(levels)}x${'}'.repeat(levels)}`;
    expect(substitute(nested(100), () => undefined)).toMatchObject({ type: 'text', text: 'x' });
    expect(substitute(nested(20_000), () => undefined)).toEqual({ type: 'malformed' });
  });

  it('leaves text without ${ as it is, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', ':', '-', 'A', 'b', ' ') }), (text) => {
        const result = substitute(text, lookup);
        expect(text.includes('${') || (result.type === 'text' && result.text === text)).toBe(true);
      }),
    );
  });

  it('gives back any text that has been escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', ':', '-', 'A', '${') }), (text) => {
        expect(
          substitute(
            text.replaceAll('${', () => '$${'),
            lookup,
          ),
        ).toMatchObject({ type: 'text', text });
      }),
    );
  });

  it('puts in any value as it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' }), (value, around) => {
        const text = `${around.replaceAll('$', '')}\${X}`;
        expect(substitute(text, () => value)).toMatchObject({ text: around.replaceAll('$', '') + value });
      }),
    );
  });
});
