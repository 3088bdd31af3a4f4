import type { ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';

/**
 * Tells the bytes of two exchanges apart, the second of which begins before the first is over. Node.js sends responses one
 * after the other, and the next one already while it says that the one before is over.
 */
export function divideBytes(first: Exchange, second: Exchange): void {
  const { response, socket } = first;
  const takeTurns = (): void => {
    first.sentUntil = second.sentBefore = socket.bytesWritten;
    second.sentUntil = undefined;
  };
  if (hasSentAll(response)) {
    takeTurns();
  } else {
    // Nothing, should the connection close before its turn comes.
    second.sentUntil = second.sentBefore;
    response.once('prefinish', takeTurns);
  }
}

/** Whether a response is complete, and does not wait for its turn: the socket has all of it. */
function hasSentAll({ writableEnded, writableFinished, socket }: ServerResponse): boolean {
  return writableEnded && (writableFinished || socket !== null);
}
