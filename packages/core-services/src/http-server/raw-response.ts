import { nodeHttp } from './node-http.ts';
import type { Duplex } from 'node:stream';
import type { HeaderBlock } from './security-headers.ts';

/** How long a client may take to read its answer before the socket is destroyed. */
const LINGER_MILLISECONDS = 2_000;

/** A response for a socket that has no `ServerResponse`. */
export interface RawResponse {
  readonly status: number;
  readonly headers: HeaderBlock;
  /** JSON. */
  readonly body: string;
}

/** Writes a response head and body to a socket and ends the connection. */
export function endWithResponse(socket: Duplex, { status, headers, body }: RawResponse): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = [
    `HTTP/1.1 ${status} ${nodeHttp.STATUS_CODES[status] ?? 'Unknown'}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  // Destroying the socket at once would reset the connection while the client still sends, and lose the response.
  const timer = setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref();
  socket.once('close', () => clearTimeout(timer));
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
