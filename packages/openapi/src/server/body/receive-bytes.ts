import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

const { push } = Readable.prototype;
// Not by an import, which would load all that `node:http` exports, the whole of undici included.
const { _read: read } = process.getBuiltinModule('node:http').IncomingMessage.prototype;

/** What becomes of a body. */
export interface BytesReceiver {
  /** Called when the body is complete. */
  readonly take: (bytes: Buffer) => void;
  /** Called when it will never be. */
  readonly fail: (error?: Error) => void;
}

/**
 * Takes the body of a request from the parser as it comes. To have it flow through the stream takes five turns of the queue
 * of Node.js until that has ended and is closed, most of the time that reading a small body takes. Afterwards the stream is one
 * that has ended, and that nobody has read from.
 *
 * The length of the body must have been announced, and nothing of it may have come yet.
 *
 * @returns whether it does so; if not, nothing has happened
 */
export function receiveBytes(request: IncomingMessage, { take, fail }: BytesReceiver): boolean {
  const length = request.headers['content-length'];
  if (length === undefined || !isUntouched(request)) {
    return false;
  }
  const chunks: Buffer[] = [];
  let left = Number(length);
  const breakOff = (error?: Error): void => {
    request.push = push;
    fail(error);
  };
  request.on('error', breakOff).on('close', breakOff);
  request.push = (chunk: Buffer | null) => {
    if (chunk !== null) {
      chunks.push(chunk);
      left -= chunk.length;
      return true;
    }
    request.off('error', breakOff).off('close', breakOff);
    request.push = pushLater;
    if (left === 0) {
      take(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    } else {
      // Node.js has thrown a part away, since somebody has answered in the meantime.
      fail();
    }
    return push.call(request, null);
  };
  // Whoever hands over a body only when it is asked for is asked for it.
  request.socket.resume();
  return true;
}

/**
 * Has the stream of a request tell its end, if its body was taken: before, nobody has asked for it. It has told it some turns
 * of the queue later, as if the body had been read from it.
 */
export function tellEnd(request: IncomingMessage): void {
  if (request.push === pushLater) {
    request.read();
  }
}

/** The `push` of requests whose body was taken. */
const pushLater: typeof push = function (this: Readable, ...args) {
  return push.apply(this, args);
};

/** Whether nothing of a body has come, nobody wants to hear of it, and it comes by the methods of Node.js. */
function isUntouched(request: IncomingMessage): boolean {
  return (
    request.readableFlowing === null &&
    request.readableLength === 0 &&
    !request.complete &&
    request.listenerCount('end') === 0 &&
    request.push === push &&
    request._read === read
  );
}
