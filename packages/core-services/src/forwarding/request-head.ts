import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Exchange } from '../http-server/exchange.ts';
import { isHopByHop, NameSorter, namedByConnection } from './hop-by-hop.ts';
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
  headersOf(exchange: Exchange, contentLength: string | undefined): string[] {
    const { request, requestId } = exchange;
    const result = passedOn(request);
    result.push('Via', this.#viaOf(request), 'X-Request-Id', requestId, ...this.#forwardedOf(request));
    if (contentLength !== undefined) {
      result.push('Content-Length', contentLength);
    }
    return result;
  }

  /** The same as text: header lines, each with its end. */
  linesOf({ request, requestId }: Exchange): string {
    const headers = passedOn(request);
    let lines = '';
    for (let index = 0; index < headers.length; index += 2) {
      lines += `${headers[index]!}: ${headers[index + 1]!}\r\n`;
    }
    return `${lines}Via: ${this.#viaOf(request)}\r\nX-Request-Id: ${requestId}\r\n${this.#forwardedLinesOf(request)}`;
  }

  #viaOf({ headers, httpVersion }: IncomingMessage): string {
    return headers.via === undefined
      ? `${httpVersion} ${this.#pseudonym}`
      : `${headers.via}, ${httpVersion} ${this.#pseudonym}`;
  }

  /** What is said of the client is the same for nearly all requests of a connection. */
  #forwardedLinesOf(request: IncomingMessage): string {
    const socket = request.socket as KnownSocket;
    const host = request.headers.host;
    const known = socket[forwardedLines];
    if (known?.host === host && known !== undefined) {
      return known.lines;
    }
    const peer = socket.remoteAddress ?? UNKNOWN;
    const headers = this.#forwardedOf(request);
    let lines = '';
    for (let index = 0; index < headers.length; index += 2) {
      lines += `${headers[index]!}: ${headers[index + 1]!}\r\n`;
    }
    // A trusted peer speaks for many clients.
    if (!this.#isTrusted(peer)) {
      socket[forwardedLines] = { host, lines };
    }
    return lines;
  }

  /** What is behind a peer that is not trusted is unknown: whatever it says of it is replaced. */
  #forwardedOf({ socket, headers }: IncomingMessage): string[] {
    const peer = socket.remoteAddress ?? UNKNOWN;
    const isTrusted = this.#isTrusted(peer);
    const told = (name: string): string | undefined => {
      const value = isTrusted ? headers[name] : undefined;
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const clients = told('x-forwarded-for');
    const protocol = told('x-forwarded-proto') ?? ((socket as TLSSocket).encrypted ? 'https' : 'http');
    const host = told('x-forwarded-host') ?? headers.host;
    const result = ['X-Forwarded-For', clients === undefined ? peer : `${clients}, ${peer}`];
    result.push('X-Forwarded-Proto', protocol);
    if (host !== undefined && host !== '') {
      result.push('X-Forwarded-Host', host);
    }
    result.push('X-Forwarded-Port', told('x-forwarded-port') ?? portOf(host, protocol));
    return result;
  }
}

const UNKNOWN = 'unknown';
const forwardedLines = Symbol('bulkhead.forwardedLines');

/** A connection of which is known what to say to targets. */
interface KnownSocket extends Socket {
  [forwardedLines]?: { readonly host: string | undefined; readonly lines: string };
}

/** The headers of the client that go on as they came, names and values in turn. */
function passedOn({ rawHeaders, headers }: IncomingMessage): string[] {
  const named = namedByConnection(headers.connection);
  const result: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (passing.of(name) && !named?.has(name.toLowerCase())) {
      result.push(name, rawHeaders[index + 1]!);
    }
  }
  return result;
}

const passing = new NameSorter((name) => !isHopByHop(name) && !REWRITTEN.has(name) && !name.startsWith('x-forwarded-'));

function portOf(host: string | undefined, protocol: string): string {
  return /:(\d+)$/.exec(host ?? '')?.[1] ?? (protocol === 'https' ? '443' : '80');
}
