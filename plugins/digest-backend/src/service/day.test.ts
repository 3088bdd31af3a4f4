import { describe, expect, it } from '@jest/globals';
import { dayOf } from './day.ts';

describe('dayOf', () => {
  it.each(['2026-01-31T00:00:00.000Z', '2026-01-31T12:00:00.000Z', '2026-01-31T23:59:59.999Z'])('%s', (moment) => {
    expect(dayOf(new Date(moment))).toEqual({
      date: '2026-01-31',
      since: '2026-01-31T00:00:00.000Z',
      before: '2026-02-01T00:00:00.000Z',
    });
  });
});
