import { invalidDuration } from './errors.ts';

/** A length of time as people write it: the parts add up. A month counts 30 days, a year 365. */
export interface HumanDuration {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const MILLISECONDS_PER_PART: Readonly<Record<keyof HumanDuration, number>> = {
  years: 365 * DAY,
  months: 30 * DAY,
  weeks: 7 * DAY,
  days: DAY,
  hours: HOUR,
  minutes: MINUTE,
  seconds: SECOND,
  milliseconds: 1,
};

const MILLISECONDS_PER_UNIT: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
};

/** One or more of `<number><unit>`; each unit once is not enforced, the parts simply add up. */
const SHORT_FORM = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w)\s*)+$/;
const SHORT_FORM_PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g;

/** ISO 8601 duration; at least one part, and a `T` only with a part behind it. */
const ISO_FORM =
  /^P(?=.)(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=.)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
const ISO_PARTS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;

/**
 * Milliseconds in a duration, in any form that configuration and options accept: `'250ms'`, `'5s'`, `'1h 30m'`
 * (units ms, s, m, h, d, w), ISO 8601 (`'PT1H30M'`), a {@link HumanDuration}, or a plain number of milliseconds.
 *
 * @throws BulkheadError `ERR_DURATION_INVALID` for anything else, for negative and for not finite lengths
 */
export function durationToMilliseconds(duration: HumanDuration | string | number): number {
  const milliseconds = parseDuration(duration);
  if (milliseconds === undefined || !Number.isFinite(milliseconds) || milliseconds < 0) {
    throw invalidDuration();
  }
  return milliseconds;
}

function parseDuration(duration: unknown): number | undefined {
  if (typeof duration === 'number') {
    return duration;
  }
  if (typeof duration === 'string') {
    return parseDurationText(duration.trim());
  }
  if (typeof duration === 'object' && duration !== null && !Array.isArray(duration)) {
    return parseDurationParts(duration);
  }
  return undefined;
}

function parseDurationText(text: string): number | undefined {
  if (SHORT_FORM.test(text)) {
    let total = 0;
    for (const [, amount, unit] of text.matchAll(SHORT_FORM_PART)) {
      total += Number(amount) * MILLISECONDS_PER_UNIT[unit!]!;
    }
    return total;
  }
  const iso = ISO_FORM.exec(text);
  if (!iso) {
    return undefined;
  }
  return ISO_PARTS.reduce((total, part, index) => total + Number(iso[index + 1] ?? 0) * MILLISECONDS_PER_PART[part], 0);
}

function parseDurationParts(parts: object): number | undefined {
  const entries = Object.entries(parts).filter(([, amount]) => amount !== undefined);
  if (entries.length === 0) {
    return undefined;
  }
  let total = 0;
  for (const [part, amount] of entries) {
    if (!Object.hasOwn(MILLISECONDS_PER_PART, part) || typeof amount !== 'number') {
      return undefined;
    }
    total += amount * MILLISECONDS_PER_PART[part as keyof HumanDuration];
  }
  return total;
}
