import type { IncomingMessage } from 'node:http';
import { HttpError } from '@bulkhead/errors';
import { incompleteBody } from '../errors.ts';
import { receiveBytes, type BytesReceiver } from './receive-bytes.ts';

/** Gathers the body of a request. How large it may be, the host has seen to. */
export function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((take, reject) => {
    // The host tells readers of its own errors, such as a body that is too large. All others are of the connection.
    const fail = (error?: Error): void => reject(error instanceof HttpError ? error : incompleteBody(error));
    if (request.destroyed) {
      fail();
    } else if (!receiveBytes(request, { take, fail })) {
      readStream(request, { take, fail });
    }
  });
}

function readStream(request: IncomingMessage, { take, fail }: BytesReceiver): void {
  const chunks: Buffer[] = [];
  // They stay, since to take them away costs more than that they hear what no longer matters.
  request
    .on('data', (chunk: Buffer) => void chunks.push(chunk))
    .on('end', () => take(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    .on('error', fail)
    .on('close', () => request.readableEnded || fail());
}

/** Whether a request announces a body (RFC 9112, 6). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0';
}
