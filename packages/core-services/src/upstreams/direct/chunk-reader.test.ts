import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChunkReader } from './chunk-reader.ts';

/** Reads a body that comes in pieces. */
function read(pieces: readonly string[]): { data: string; rest: string; isDone: boolean } {
  const data: Buffer[] = [];
  const reader = new ChunkReader((chunk) => void data.push(chunk));
  let rest = '';
  for (const piece of pieces) {
    const bytes = Buffer.from(piece, 'latin1');
    rest += bytes.toString('latin1', reader.read(bytes));
  }
  return { data: Buffer.concat(data).toString('latin1'), rest, isDone: reader.isDone };
}

describe('a body in chunks', () => {
  it('ends where it says, whatever follows', () => {
    const body = '5\r\nhello\r\n6;name="value"\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n';
    expect(read([`${body}HTTP/1.1`])).toEqual({ data: 'hello world', rest: 'HTTP/1.1', isDone: true });
  });

  it('is the same in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 40 }), { maxLength: 8 }),
        fc.array(fc.nat(500), { maxLength: 20 }),
        (chunks, cuts) => {
          const encoded = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
          const body = `${encoded}0\r\nA: b\r\n\r\n`;
          const ends = [...cuts.filter((cut) => cut < body.length), body.length].sort((a, b) => a - b);
          const pieces = ends.map((end, index) => body.slice(ends[index - 1] ?? 0, end));
          expect(read(pieces)).toEqual({ data: chunks.join(''), rest: '', isDone: true });
        },
      ),
    );
  });

  it('is not at its end before that has come', () => {
    expect(read(['5\r\nhello\r\n0\r\n'])).toEqual({ data: 'hello', rest: '', isDone: false });
  });

  it.each([
    ['a size that is no number', 'x\r\n'],
    ['no size', '\r\n'],
    ['a sign', '+5\r\nhello\r\n'],
    ['a size that is too large', '1234567890abc\r\n'],
    ['a space before its size', ' 5\r\nhello\r\n'],
    ['a bare LF after its size', '5\nhello\r\n'],
    ['a bare CR in its extension', '5;a\rb\r\nhello\r\n'],
    ['more than its size', '2\r\nhello\r\n'],
    ['less than its size', '5\r\nhel\r\n0\r\n\r\n'],
    ['a bare LF after its data', '5\r\nhello\n'],
    ['an endless line', `5;${'x'.repeat(5_000)}`],
    ['endless trailers', `0\r\n${'A: b\r\n'.repeat(5_000)}`],
  ])('with %s is refused', (_what, body) => {
    expect(() => read([body])).toThrow(expect.objectContaining({ code: 'ERR_UPSTREAM_RESPONSE' }));
  });
});
