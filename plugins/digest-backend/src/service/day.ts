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
