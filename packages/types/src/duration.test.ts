import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { durationToMilliseconds, type HumanDuration } from './index.ts';

describe('durationToMilliseconds', () => {
  it.each<[HumanDuration | string | number, number]>([
    [0, 0],
    [1500, 1500],
    ['250ms', 250],
    ['5s', 5_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    ['2w', 1_209_600_000],
    ['1.5s', 1_500],
    ['1h 30m', 5_400_000],
    ['1h30m', 5_400_000],
    [' 5s ', 5_000],
    ['PT5S', 5_000],
    ['PT0.25S', 250],
    ['P1DT2H3M4S', 93_784_000],
    ['P1Y2M3W', (365 + 60 + 21) * 86_400_000],
    [{ minutes: 5 }, 300_000],
    [{ hours: 1, minutes: 30, milliseconds: 1 }, 5_400_001],
    [{ years: 1, months: 1, weeks: 1, days: 1, seconds: 1 }, (365 + 30 + 7 + 1) * 86_400_000 + 1_000],
    [{ seconds: 1, minutes: undefined }, 1_000],
  ])('reads %p as %i', (duration, expected) => {
    expect(durationToMilliseconds(duration)).toBe(expected);
  });

  it.each<unknown>([
    '',
    '5',
    's',
    '5 s',
    '-5s',
    '5x',
    'P',
    'PT',
    'P1DT',
    '1h-30m',
    -1,
    NaN,
    Infinity,
    {},
    [],
    null,
    undefined,
    { minute: 1 },
    { minutes: '1' },
    { seconds: -1 },
  ])('refuses %p', (duration) => {
    expect(() => durationToMilliseconds(duration as string)).toThrow(
      expect.objectContaining({ code: 'ERR_DURATION_INVALID' }),
    );
  });

  it('does not repeat the value, which may be a misplaced secret', () => {
    expect(() => durationToMilliseconds('hunter2')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  it('gives the same for all notations of one length', () => {
    const part = fc.nat({ max: 999 });
    fc.assert(
      fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
        const expected = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
        expect(durationToMilliseconds({ days, hours, minutes, seconds })).toBe(expected);
        expect(durationToMilliseconds(`${days}d${hours}h${minutes}m${seconds}s`)).toBe(expected);
        expect(durationToMilliseconds(`P${days}DT${hours}H${minutes}M${seconds}S`)).toBe(expected);
      }),
    );
  });
});
