import { describe, expect, it } from '@jest/globals';
import { dayOf, daysAfter, daysBetween } from './day.ts';

describe('dayOf', () => {
  it.each(['2026-01-31T00:00:00.000Z', '2026-01-31T12:00:00.000Z', '2026-01-31T23:59:59.999Z'])('%s', (moment) => {
    expect(dayOf(new Date(moment))).toEqual({
      date: '2026-01-31',
      since: '2026-01-31T00:00:00.000Z',
      before: '2026-02-01T00:00:00.000Z',
    });
  });
});

describe('daysAfter', () => {
  it.each([
    [1, '2026-03-01'],
    [0, '2026-02-28'],
    [-28, '2026-01-31'],
  ])('%s', (days, date) => {
    expect(daysAfter(dayOf(new Date('2026-02-28T12:00:00Z')), days).date).toBe(date);
  });
});

describe('daysBetween', () => {
  it.each([
    ['2026-02-27', ['2026-02-28', '2026-03-01']],
    ['2026-02-28', ['2026-03-01']],
    ['2026-03-01', []],
    ['2026-03-02', []],
  ])('%s', (date, dates) => {
    expect(daysBetween(date, dayOf(new Date('2026-03-01T12:00:00Z'))).map((day) => day.date)).toEqual(dates);
  });
});
