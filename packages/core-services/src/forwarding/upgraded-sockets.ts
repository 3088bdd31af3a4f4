import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { Exchange } from '../http-server/exchange.ts';
import { nodeHttp } from '../http-server/node-http.ts';

/** What a target has answered to a request for another protocol. */
export interface UpgradeAnswer {
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly raw: readonly Buffer[];
}

/** Headers that the 101 must not have, or gets from here. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'x-request-id',
]);

/**
 * Tells the client that the protocol changes, and passes on everything that either side sends, no faster than the
 * other one takes it. When one side has said all, the other one may go on.
 */
export function joinSockets(
  { socket: client, upgradeHead, requestId }: Exchange,
  target: Duplex,
  answer: UpgradeAnswer,
): void {
  client.write(headOf(answer, requestId), 'latin1');
  if (upgradeHead !== undefined && upgradeHead.length > 0) target.write(upgradeHead);
  // undici's sockets would say goodbye on our behalf as soon as the target has.
  target.allowHalfOpen = true;
  closeTogether(client, target);
  closeTogether(target, client);
  client.pipe(target);
  target.pipe(client);
}

function headOf({ status, raw }: UpgradeAnswer, requestId: string): string {
  const lines = [`HTTP/1.1 ${status} ${nodeHttp.STATUS_CODES[status] ?? 'Unknown'}`, 'Connection: Upgrade'];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!.toString('latin1');
    if (!LEFT_OUT.has(name.toLowerCase())) lines.push(`${name}: ${raw[index + 1]!.toString('latin1')}`);
  }
  return `${lines.join('\r\n')}\r\nX-Request-Id: ${requestId}\r\n\r\n`;
}

/** A side that breaks takes the other with it; one that has closed in peace leaves it to send what it still holds. */
function closeTogether(one: Duplex, other: Duplex): void {
  one.on('error', () => breakOff(other));
  one.once('close', () => {
    if (one.errored) breakOff(other);
    else other.end(() => other.destroy());
  });
}

/** Ends a connection so that the other side does not take what it got for all there was. */
function breakOff(socket: Duplex): void {
  const { encrypted } = socket as Partial<TLSSocket>;
  if (socket instanceof Socket && !encrypted && !socket.destroyed) socket.resetAndDestroy();
  else socket.destroy();
}
