/** A day of UTC. */
export interface Day {
  /** `2026-01-31` */
  readonly date: string;
  /** When it begins, as ISO 8601. */
  readonly since: string;
  /** When the next one begins, as ISO 8601. */
  readonly before: string;
}

const MILLISECONDS = 86_400_000;

/** The day of a moment. */
export function dayOf(moment: Date): Day {
  const begin = Math.floor(moment.getTime() / MILLISECONDS) * MILLISECONDS;
  const since = new Date(begin).toISOString();
  return { date: since.slice(0, 10), since, before: new Date(begin + MILLISECONDS).toISOString() };
}

/** The day that so many days come after another; before it if there are fewer than none. */
export function daysAfter(day: Day, days: number): Day {
  return dayOf(new Date(Date.parse(day.since) + days * MILLISECONDS));
}

/** The days behind `date` up to `last`, which is one of them unless it is not behind. */
export function daysBetween(date: string, last: Day): Day[] {
  const count = Math.max(0, (Date.parse(last.since) - Date.parse(date)) / MILLISECONDS);
  return Array.from({ length: count }, (_, index) => daysAfter(last, index + 1 - count));
}
