import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { nodeHttp } from './node-http.ts';

/** What of Node.js ends requests whose response is over. Not documented: see {@link leaveBody}. */
interface Ending {
  /** Reads to the end of a body that nobody has read, and closes the request. */
  _dump(this: IncomingMessage): void;
  /** Puts a request into the state in which it is then. Node.js before 24 does without. */
  _dumpAndCloseReadable?(this: IncomingMessage): void;
}

const { _dump: dump, _dumpAndCloseReadable: close } = nodeHttp.IncomingMessage.prototype as unknown as Ending;

/**
 * A request of the host. Once its response is over, Node.js reads on to the end of its body and closes it, in four turns of its
 * queue, also when there is no body and nobody to hear of it. That takes longer than to make the request.
 *
 * The method is the request's own, not that of its prototype, which Express replaces.
 */
export class HostRequest extends nodeHttp.IncomingMessage {
  constructor(socket: Socket) {
    super(socket);
    if (close) {
      (this as unknown as Ending)._dump = leaveBody;
    }
  }
}

/** Closes a request at once when all of it has come, nothing is left to be read, and nobody listens. */
function leaveBody(this: IncomingMessage): void {
  const isOver = this.complete && this.readableLength === 0 && EVENTS.every((event) => this.listenerCount(event) === 0);
  (isOver ? close! : dump).call(this);
}

/** What somebody may wait for until the end. */
const EVENTS = ['end', 'close', 'data', 'readable', 'error'] as const;
