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

  it('takes anything that a client may send', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void decodeCursor(text)));
  });
});
