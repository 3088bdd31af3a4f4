import type { HeaderBlock } from '../http-server/security-headers.ts';
import { UNPROCESSED_HEADER } from '../http-server/unprocessed.ts';
import { isHopByHop, namedByConnection } from './hop-by-hop.ts';

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

/** Makes the heads of responses out of those of targets. */
export class ResponseHeads {
  readonly #own: HeaderBlock;
  /** By name in lower case: the bit that stands for one of the own headers. */
  readonly #bits = new Map<string, number>();

  /** @param own - the host's own headers, which those of the target take the place of */
  constructor(own: HeaderBlock) {
    this.#own = own;
    own.forEach(([name], index) => this.#bits.set(name.toLowerCase(), 1 << index));
  }

  /** @param raw - names and values in turn, as they came */
  read(status: number, raw: readonly Buffer[], requestId: string): ResponseHead {
    const headers: string[] = [];
    let contentLength: number | undefined;
    let isUnprocessed = false;
    let named: ReadonlySet<string> | undefined;
    let present = 0;
    for (let index = 0; index < raw.length; index += 2) {
      const name = raw[index]!.toString('latin1');
      const lowerCase = name.toLowerCase();
      const value = raw[index + 1]!.toString('latin1');
      if (lowerCase === 'connection') {
        named = namedByConnection(value) ?? named;
      } else if (lowerCase === 'content-length') {
        contentLength = Number(value);
      } else if (!isHopByHop(lowerCase) && lowerCase !== 'x-request-id') {
        headers.push(name, value);
        present |= this.#bits.get(lowerCase) ?? 0;
        isUnprocessed ||= lowerCase === UNPROCESSED_HEADER;
      }
    }
    if (named) removeNamed(headers, named);
    this.#addOwn(headers, present);
    headers.push('X-Request-Id', requestId);
    // RFC 9110, 8.6: no such header where there can be no body, 304 and answers to HEAD apart.
    if (contentLength !== undefined && status !== 204) {
      headers.push('Content-Length', String(contentLength));
    }
    return { status, headers, contentLength, isUnprocessed };
  }

  #addOwn(headers: string[], present: number): void {
    for (let index = 0; index < this.#own.length; index++) {
      if ((present & (1 << index)) === 0) {
        const [name, value] = this.#own[index]!;
        headers.push(name, value);
      }
    }
  }
}

function removeNamed(headers: string[], named: ReadonlySet<string>): void {
  for (let index = headers.length - 2; index >= 0; index -= 2) {
    if (named.has(headers[index]!.toLowerCase())) {
      headers.splice(index, 2);
    }
  }
}
