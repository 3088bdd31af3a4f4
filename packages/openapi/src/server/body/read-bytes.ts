import type { IncomingMessage } from 'node:http';
import { HttpError } from '@bulkhead/errors';
import { incompleteBody } from '../errors.ts';

/** Gathers the body of a request. How large it may be, the host has seen to. */
export function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const finish = (error?: Error): void => {
      request.off('data', take).off('end', end).off('error', fail).off('close', close);
      if (error) {
        reject(error);
      } else {
        resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
      }
    };
    const take = (chunk: Buffer): void => void chunks.push(chunk);
    const end = (): void => finish();
    // The host tells readers of its own errors, such as a body that is too large. All others are of the connection.
    const fail = (error: Error): void => finish(error instanceof HttpError ? error : incompleteBody(error));
    const close = (): void => finish(incompleteBody());
    if (request.destroyed) {
      reject(incompleteBody());
      return;
    }
    request.on('data', take).on('end', end).on('error', fail).on('close', close);
  });
}

/** Whether a request announces a body (RFC 9112, 6). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0';
}
