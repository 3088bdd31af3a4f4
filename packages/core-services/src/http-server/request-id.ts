import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What other systems use as ids, and nothing that could forge a line in a log. */
const SANE_ID = /^[\w.:/+=@-]{1,128}$/;
/** W3C Trace Context, version 00; ids of zeros only are invalid there. */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The id under which the logs of all processes speak of a request: the caller's if it is a sane one, else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && SANE_ID.test(sent) ? sent : newRequestId();
}

/** The caller's trace context; `undefined` without a valid one. */
export function traceparentOf(headers: IncomingHttpHeaders): string | undefined {
  const sent = headers.traceparent;
  return typeof sent === 'string' && TRACEPARENT.test(sent) ? sent : undefined;
}

/** What the last byte of a UUID can be. */
const LAST_BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

let stem = '';
let used = LAST_BYTES.length;

/**
 * A UUID, of which the last byte counts; the others are drawn anew for every 256. Ids have to differ, not to be hard to guess:
 * whoever has one knows those of its neighbours. Never take one for a secret.
 */
function newRequestId(): string {
  if (used === LAST_BYTES.length) {
    stem = randomUUID().slice(0, -2);
    used = 0;
  }
  return `${stem}${LAST_BYTES[used++]}`;
}
