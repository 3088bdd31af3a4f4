import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Exchange } from '../http-server/exchange.ts';
import { isHopByHop, namedByConnection } from './hop-by-hop.ts';
import type { PeerTrust } from './trusted-peers.ts';

/** Headers that are not passed on as they came. */
const REWRITTEN: ReadonlySet<string> = new Set([
  // The target's own name; the client's is in x-forwarded-host.
  'host',
  // Follow from the body that is sent.
  'content-length',
  // Was answered here.
  'expect',
  // Says the same as x-forwarded-…, and would contradict it.
  'forwarded',
  'via',
  'x-request-id',
]);

/** Makes the heads of forwarded requests. */
export class RequestHeads {
  /** Names this process in `Via`: tells it from all others, and nobody anything about it. */
  readonly #pseudonym = `bulkhead-${randomBytes(6).toString('hex')}`;
  readonly #isTrusted: PeerTrust;

  constructor(isTrusted: PeerTrust) {
    this.#isTrusted = isTrusted;
  }

  /** Whether this very process has forwarded the request before. */
  isLoop({ headers }: IncomingMessage): boolean {
    return headers.via !== undefined && headers.via.includes(this.#pseudonym);
  }

  /**
   * The headers of a request as the target gets them: names and values in turn.
   *
   * @param contentLength - the length of a body that is sent in pieces, as the client declared it
   */
  headersOf({ request, requestId }: Exchange, contentLength: string | undefined): string[] {
    const { rawHeaders, headers } = request;
    const named = namedByConnection(headers.connection);
    const result: string[] = [];
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]!;
      const lowerCase = name.toLowerCase();
      if (isPassedOn(lowerCase) && !named?.has(lowerCase)) {
        result.push(name, rawHeaders[index + 1]!);
      }
    }
    const via = headers.via === undefined ? '' : `${headers.via}, `;
    result.push('Via', `${via}${request.httpVersion} ${this.#pseudonym}`, 'X-Request-Id', requestId);
    this.#addForwarded(request, result);
    if (contentLength !== undefined) {
      result.push('Content-Length', contentLength);
    }
    return result;
  }

  /** What is behind a peer that is not trusted is unknown: whatever it says of it is replaced. */
  #addForwarded({ socket, headers }: IncomingMessage, result: string[]): void {
    const peer = socket.remoteAddress ?? 'unknown';
    const isTrusted = this.#isTrusted(peer);
    const told = (name: string): string | undefined => {
      const value = isTrusted ? headers[name] : undefined;
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const clients = told('x-forwarded-for');
    const protocol = told('x-forwarded-proto') ?? ((socket as TLSSocket).encrypted ? 'https' : 'http');
    const host = told('x-forwarded-host') ?? headers.host;
    result.push('X-Forwarded-For', clients === undefined ? peer : `${clients}, ${peer}`);
    result.push('X-Forwarded-Proto', protocol);
    if (host !== undefined && host !== '') {
      result.push('X-Forwarded-Host', host);
    }
    result.push('X-Forwarded-Port', told('x-forwarded-port') ?? portOf(host, protocol));
  }
}

function isPassedOn(name: string): boolean {
  return !isHopByHop(name) && !REWRITTEN.has(name) && !name.startsWith('x-forwarded-');
}

function portOf(host: string | undefined, protocol: string): string {
  return /:(\d+)$/.exec(host ?? '')?.[1] ?? (protocol === 'https' ? '443' : '80');
}
