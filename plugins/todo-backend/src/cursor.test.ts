import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.ts';

describe('cursor', () => {
  it('is what it was after a round trip', () => {
    const createdAt = fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(fc.record({ createdAt, id: fc.uuid() }), (position) => {
        expect(decodeCursor(encodeCursor(position))).toEqual(position);
      }),
    );
  });

  it('fits into a query as it is', () => {
    const cursor = encodeCursor({ createdAt: '2026-01-31T12:00:00.000Z', id: 'ffffffff-ffff-4fff-8fff-ffffffffffff' });
    expect(encodeURIComponent(cursor)).toBe(cursor);
  });

  it('is refused unless a page has given it', () => {
    const refusal = expect.objectContaining({ code: 'ERR_TODO_CURSOR', statusCode: 400 });
    const id = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
    const position = (createdAt: string): string => Buffer.from(`${createdAt} ${id}`).toString('base64url');
    for (const cursor of ['', 'x', position('2026-02-30T00:00:00.000Z'), position('0000-01-01T00:00:00.000Z')]) {
      expect(() => decodeCursor(cursor)).toThrow(refusal);
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(() => decodeCursor(text)).toThrow(refusal)));
  });
});
