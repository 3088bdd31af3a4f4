import type { IncomingMessage } from 'node:http';
import { HttpError } from '@bulkhead/errors';
import { incompleteBody } from '../errors.ts';

/** Gathers the body of a request. How large it may be, the host has seen to. */
export function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const end = (): void => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    // The host tells readers of its own errors, such as a body that is too large. All others are of the connection.
    const fail = (error: Error): void => reject(error instanceof HttpError ? error : incompleteBody(error));
    if (request.destroyed) {
      reject(incompleteBody());
      return;
    }
    // They stay, since to take them away costs more than that they hear what no longer matters.
    request
      .on('data', (chunk: Buffer) => void chunks.push(chunk))
      .on('end', end)
      .on('error', fail)
      .on('close', () => request.readableEnded || reject(incompleteBody()));
  });
}

/** Whether a request announces a body (RFC 9112, 6). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0';
}
