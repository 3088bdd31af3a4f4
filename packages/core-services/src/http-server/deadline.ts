import type { IncomingHttpHeaders } from 'node:http';

/** The header by which a caller says for how many milliseconds it waits for the answer. */
export const TIMEOUT_HEADER = 'x-request-timeout-ms';

/** Timers cannot be set for longer than some weeks, and nobody waits that long. */
const MAX_MILLISECONDS = 24 * 60 * 60 * 1_000;

const MILLISECONDS = /^\d{1,12}$/;

/**
 * Until when the caller waits, by `performance.now()`; `undefined` if it does not say, or not in whole milliseconds.
 *
 * @param from - when the request began
 */
export function deadlineOf(headers: IncomingHttpHeaders, from: number): number | undefined {
  const sent = headers[TIMEOUT_HEADER];
  return typeof sent === 'string' && MILLISECONDS.test(sent)
    ? from + Math.min(Number(sent), MAX_MILLISECONDS)
    : undefined;
}
