import { connectionLost, unreachable, type CallName } from '../errors.ts';

/** How an attempt went wrong, as far as it matters to whether it is made again. */
export interface Failure {
  /**
   * - `unconnected`: there was no connection, so nothing was sent
   * - `unprocessed`: the other side says that it has not begun to process the request
   * - `broken`: the connection broke, so nobody knows what has been done
   * - `gateway`: 502, 503 or 504
   * - `final`: an answer that another attempt would not change
   */
  readonly type: 'unconnected' | 'unprocessed' | 'broken' | 'gateway' | 'final';
  /** What the caller gets to see if it stays at that. */
  readonly error: Error;
  /** How long the other side asks to wait, in milliseconds. */
  readonly retryAfter?: number;
}

/** Codes of Node.js, the resolver and undici for connections that were not made. */
const UNCONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What it means that a transport has thrown. Browsers do not tell why, so there it is the worse of the two. */
export function failureOf(thrown: unknown, name: CallName): Failure {
  return UNCONNECTED.has(codeOf(thrown))
    ? { type: 'unconnected', error: unreachable(name, thrown) }
    : { type: 'broken', error: connectionLost(name, thrown) };
}

/** `fetch` hides what went wrong behind a TypeError. */
function codeOf(thrown: unknown): unknown {
  if (typeof thrown !== 'object' || thrown === null) {
    return undefined;
  }
  const { code, cause } = thrown as { readonly code?: unknown; readonly cause?: unknown };
  return code ?? codeOf(cause);
}
