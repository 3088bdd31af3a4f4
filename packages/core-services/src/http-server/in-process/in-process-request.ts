import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { wrongLength } from '../errors.ts';
import { nodeHttp } from '../node-http.ts';
import type { InProcessSocket } from './in-process-socket.ts';

/** A request as it would be sent, but for its body. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  /** By name in lower case. Becomes the request's own. */
  readonly headers: Record<string, string>;
}

/** A request that looks as if it had come in through a socket. */
export function createInProcessRequest(
  socket: InProcessSocket,
  { method, target, headers }: RequestHead,
): IncomingMessage {
  const request = new nodeHttp.IncomingMessage(socket as unknown as Socket);
  request.method = method;
  request.url = target;
  request.httpVersion = '1.1';
  request.httpVersionMajor = 1;
  request.httpVersionMinor = 1;
  request.headers = headers;
  const rawHeaders: string[] = [];
  for (const name in headers) {
    rawHeaders.push(name, headers[name]!);
  }
  request.rawHeaders = rawHeaders;
  return request;
}

/** Gives a request a body that is there as a whole. */
export function setBody(request: IncomingMessage, body: Buffer | undefined): void {
  if (body !== undefined && body.length > 0) {
    request.push(body);
  }
  request.complete = true;
  request.push(null);
}

/**
 * Gives a request a body as fast as it is read.
 *
 * @param onError - told when the body cannot be had; the request is for the caller to break off
 * @returns what is to be called when nobody wants the rest
 */
export function streamBody(
  request: IncomingMessage,
  body: ReadableStream<Uint8Array>,
  { socket, onError }: { readonly socket: InProcessSocket; readonly onError: (error: Error) => void },
): () => void {
  const reader = body.getReader();
  const declared = request.headers['content-length'];
  // Limits go by what is declared, so that must be true, as the parser of a connection sees to.
  let left = declared === undefined ? undefined : Number(declared);
  let isReading = false;
  const pump = async (): Promise<void> => {
    for (let isWanted = true; isWanted && !request.destroyed;) {
      const { done, value } = await reader.read();
      if (left !== undefined) {
        left -= value?.byteLength ?? 0;
        if (done ? left !== 0 : !(left >= 0)) {
          throw wrongLength();
        }
      }
      if (done) {
        request.complete = true;
        request.push(null);
        return;
      }
      // A copy: what it was made of stays with the caller.
      isWanted = request.push(Buffer.from(value));
    }
    isReading = false;
  };
  socket.onDemand = () => {
    if (!isReading && !request.complete) {
      isReading = true;
      pump().catch(onError);
    }
  };
  return () => {
    socket.onDemand = undefined;
    if (!request.complete) {
      reader.cancel().catch(() => undefined);
    }
  };
}
