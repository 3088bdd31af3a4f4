import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { nodeHttp } from './node-http.ts';

/** What of Node.js ends requests whose response is over. Not documented: see {@link ServedRequest}. */
interface Ending {
  /** Reads to the end of a body that nobody has read, and closes the request. */
  _dump(this: IncomingMessage): void;
  /** Puts a request into the state in which it is then. Node.js has it since 24.12 and 25.1, for `optimizeEmptyRequests`. */
  _dumpAndCloseReadable?(this: IncomingMessage): void;
  _destroy: Readable['_destroy'];
}

const { _dump: dump, _dumpAndCloseReadable: close, _destroy } = nodeHttp.IncomingMessage.prototype as unknown as Ending;
const { emit } = EventEmitter.prototype;
const { destroy, resume } = Readable.prototype;

/**
 * A request that the host serves. Once its response is over, Node.js reads on to the end of its body and closes it, in four
 * turns of its queue, also when there is no body and nobody to hear of it. That takes longer than to make the request.
 */
export class ServedRequest extends nodeHttp.IncomingMessage {
  /** Present once the host serves the request. */
  #response: ServerResponse | undefined = undefined;

  /**
   * Lets a request be closed at once when it is over.
   *
   * @param response - has those listeners that the host adds to every response, and no others yet
   */
  static serve(request: IncomingMessage, response: ServerResponse): void {
    if (#response in request) request.#response = response;
  }

  /** Node.js calls it when a response is over and nobody has begun to read the body. */
  _dump(): void {
    // Applications of Express have this method, too, and can be given requests of other servers.
    const response = #response in this ? this.#response : undefined;
    const isUnobserved = response !== undefined && !isWatched(this) && !isResponseWatched(response);
    (close && isUnobserved && this.complete && this.readableLength === 0 ? close : dump).call(this);
  }
}

/** Gives the prototype by which an application of Express replaces that of its requests the method that closes them. */
export function closeRequestsOf(prototype: object): void {
  Object.defineProperty(prototype, '_dump', {
    value: ServedRequest.prototype._dump,
    configurable: true,
    writable: true,
  });
}

/** What Node.js emits at the end of a request: `newListener` for a listener of its own. */
const EVENTS = ['end', 'close', 'data', 'readable', 'error', 'resume', 'newListener'] as const;

/** Whether somebody may hear how Node.js closes a request: by listening, or by a method in place of one of Node.js. */
function isWatched(request: ServedRequest): boolean {
  for (const event of EVENTS) {
    if (request.listenerCount(event) > 0) return true;
  }
  return (
    request.emit !== emit ||
    request.resume !== resume ||
    request.destroy !== destroy ||
    (request as unknown as Ending)._destroy !== _destroy
  );
}

/** Whether somebody but Node.js (`finish`) and the host (`close`) is told of the end of a response, and may then turn to the request. */
function isResponseWatched(response: ServerResponse): boolean {
  return response.listenerCount('finish') > 1 || response.listenerCount('close') > 1 || response.emit !== emit;
}
