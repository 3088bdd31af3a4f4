import { UNPROCESSED_HEADER } from '../http-server/unprocessed.ts';
import { isHopByHop, NameSorter, namedByConnection } from './hop-by-hop.ts';

/** The head of a target's response. */
export interface ResponseHead {
  readonly status: number;
  /** Names and values in turn, without those that are about the connection to the target. */
  readonly headers: string[];
  /** `undefined` when the length is not known beforehand. */
  readonly contentLength: number | undefined;
  /** Whether the target says that it has not begun to process the request. */
  readonly isUnprocessed: boolean;
}

/** What becomes of a header. */
type Kind = 'passed' | 'dropped' | 'length' | 'connection' | 'unprocessed';

const kinds = new NameSorter<Kind>((name) => {
  switch (name) {
    case 'connection':
      return 'connection';
    case 'content-length':
      return 'length';
    case UNPROCESSED_HEADER:
      return 'unprocessed';
    // The one of the exchange is sent, which is the same unless the target chooses its own.
    case 'x-request-id':
      return 'dropped';
    default:
      return isHopByHop(name) ? 'dropped' : 'passed';
  }
});

/**
 * Makes the head of a response out of that of the target. The security headers of this host are not added: the target,
 * which knows its plugin, sends its own.
 *
 * @param raw - names and values in turn, as they came
 */
export function readResponseHead(status: number, raw: readonly string[], requestId: string): ResponseHead {
  const headers: string[] = [];
  let contentLength: number | undefined;
  let isUnprocessed = false;
  let named: ReadonlySet<string> | undefined;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!;
    const value = raw[index + 1]!;
    switch (kinds.of(name)) {
      case 'passed':
        headers.push(name, value);
        break;
      case 'length':
        contentLength = Number(value);
        break;
      case 'connection':
        named = namedByConnection(value) ?? named;
        break;
      case 'unprocessed':
        headers.push(name, value);
        isUnprocessed = true;
        break;
      case 'dropped':
        break;
    }
  }
  if (named) removeNamed(headers, named);
  headers.push('X-Request-Id', requestId);
  // RFC 9110, 8.6: no such header where there can be no body, 304 and answers to HEAD apart.
  if (contentLength !== undefined && status !== 204) {
    headers.push('Content-Length', String(contentLength));
  }
  return { status, headers, contentLength, isUnprocessed };
}

function removeNamed(headers: string[], named: ReadonlySet<string>): void {
  for (let index = headers.length - 2; index >= 0; index -= 2) {
    if (named.has(headers[index]!.toLowerCase())) {
      headers.splice(index, 2);
    }
  }
}
