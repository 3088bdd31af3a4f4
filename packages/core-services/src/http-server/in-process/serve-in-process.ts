import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ExpressResponse } from '../express-response.ts';
import { nodeHttp } from '../node-http.ts';
import { createInProcessRequest, setBody, streamBody, type RequestHead } from './in-process-request.ts';
import { InProcessResponse } from './in-process-response.ts';
import { InProcessSocket } from './in-process-socket.ts';

/** A request from within the process. */
export interface InProcessRequest extends RequestHead {
  /** Streams are read as fast as the handler reads them. */
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>;
  /** When the caller hangs up. */
  readonly end: HangUp;
}

/** Tells when a caller hangs up. */
export interface HangUp {
  /** Has a listener called when the caller hangs up. @returns what calls it off */
  onEnd(listener: (reason: Error) => void): () => void;
}

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** Methods that announce that they have no body, when they have none (RFC 9110, 8.6). */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Brings requests of plugins to plugins of the same process, without a connection in between: what is sent and what is
 * answered is made of the same objects of Node.js, and goes the same way through the host, as if it had come over one.
 * No object of one side is ever seen by the other; both get copies.
 */
export class InProcessServer {
  readonly #serve: Serve;
  // What a plugin keeps in an AsyncLocalStorage is not for another to see, as it would not be over a connection.
  readonly #scope = new AsyncResource('BULKHEAD_IN_PROCESS');

  constructor(serve: Serve) {
    this.#serve = serve;
  }

  /**
   * Sends a request.
   *
   * @returns as soon as the head of the response is there
   * @throws BulkheadError `ERR_HTTP_CUT_OFF` when the other side breaks off
   */
  async send({ body, end, ...head }: InProcessRequest): Promise<InProcessResponse> {
    const answer = new InProcessResponse();
    const socket = new InProcessSocket(answer);
    answer.attach(socket);
    announceBody(head, body);
    const request = createInProcessRequest(socket, head);
    const response = createResponse(request, socket);
    const endBody =
      body instanceof ReadableStream
        ? streamBody(request, body, { socket, onError: (error) => answer.abort(error) })
        : setBody(request, toBuffer(body));
    const stayOn = end.onEnd((reason) => answer.abort(reason));
    response.once('finish', () => {
      answer.complete(request.method === 'HEAD');
      // The stream has not finished with the last piece yet, and would make an error of an end in between.
      process.nextTick(destroy, socket);
    });
    socket.once('close', () => {
      stayOn();
      endBody?.();
      if (!request.complete || !response.writableFinished) {
        request.destroy();
      }
    });
    this.#scope.runInAsyncScope(this.#serve, undefined, request, response);
    await answer.hasBegun;
    return answer;
  }
}

function createResponse(request: IncomingMessage, socket: InProcessSocket): ServerResponse {
  const response = new ExpressResponse(request);
  response.assignSocket(socket as unknown as Socket);
  socket.on('drain', () => {
    (response as unknown as Record<symbol, unknown>)[NEEDS_DRAIN] = false;
    response.emit('drain');
  });
  return response;
}

function destroy(socket: InProcessSocket): void {
  socket.destroy();
}

/** Where responses remember that somebody waits for room. The server of Node.js, which is not there, would reset it. */
const NEEDS_DRAIN = Object.getOwnPropertySymbols(
  new nodeHttp.ServerResponse(new nodeHttp.IncomingMessage(undefined as unknown as Socket)),
).find(({ description }) => description === 'kNeedDrain')!;

function announceBody({ method, headers }: RequestHead, body: InProcessRequest['body']): void {
  if (body instanceof ReadableStream) {
    if (headers['content-length'] === undefined) {
      headers['transfer-encoding'] = 'chunked';
    }
  } else if (body !== undefined) {
    headers['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  } else if (WITH_BODY.has(method)) {
    headers['content-length'] = '0';
  }
}

function toBuffer(body: string | Uint8Array | undefined): Buffer | undefined {
  return body === undefined ? undefined : Buffer.from(body as string);
}
