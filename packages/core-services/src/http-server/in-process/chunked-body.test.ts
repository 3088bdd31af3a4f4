import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChunkedBody } from './chunked-body.ts';

describe('ChunkedBody', () => {
  it('gives the pieces of a body, however they were written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })),
        fc.integer({ min: 1, max: 50 }),
        (pieces, writeSize) => {
          const frames = pieces.flatMap((piece) => [`${piece.length.toString(16)}\r\n`, piece, '\r\n']);
          const written = Buffer.concat(
            [...frames, '0\r\nTrailer: x\r\n\r\n'].map((part) => Buffer.from(part as string)),
          );
          const body = new ChunkedBody();
          const taken: Buffer[] = [];
          for (let start = 0; start < written.length; start += writeSize) {
            taken.push(...body.take(written.subarray(start, start + writeSize)));
          }
          expect(Buffer.concat(taken)).toEqual(Buffer.concat(pieces));
        },
      ),
    );
  });
});
