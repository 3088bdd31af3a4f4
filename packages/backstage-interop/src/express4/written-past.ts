import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})/;

/**
 * Tells when somebody begins to write to the socket of a response, other than through the response.
 *
 * @param onWritten - called once, with the status that is written
 * @returns stops looking
 */
export function whenWrittenPast(
  response: ServerResponse,
  socket: Duplex,
  onWritten: (status: number) => void,
): () => void {
  const unwatch = (): void => {
    Reflect.deleteProperty(socket, 'write');
    Reflect.deleteProperty(socket, 'end');
  };
  const notice = (chunk: unknown): void => {
    const isThroughResponse = response.headersSent && response.socket !== null;
    unwatch();
    if (!isThroughResponse) onWritten(statusIn(chunk));
  };
  const watched = <TArgs extends unknown[], TResult>(method: (...args: TArgs) => TResult) =>
    function (this: Duplex, ...args: TArgs): TResult {
      notice(args[0]);
      return method.apply(this, args);
    };
  socket.write = watched(socket.write as (...args: unknown[]) => boolean) as Duplex['write'];
  socket.end = watched(socket.end as (...args: unknown[]) => Duplex) as Duplex['end'];
  return unwatch;
}

/** The status that a client is told, as far as somebody who writes it by hand can be understood. */
function statusIn(chunk: unknown): number {
  const text = chunk instanceof Uint8Array ? Buffer.from(chunk.subarray(0, 16)).toString('latin1') : String(chunk);
  return Number(STATUS_LINE.exec(text)?.[1] ?? 101);
}
