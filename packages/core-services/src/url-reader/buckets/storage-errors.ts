import { BulkheadError } from '@bulkhead/errors';
import { failedStatus, unchanged } from '../errors.ts';
import type { Reading } from '../reading.ts';

/** Where the clients of storages put the status of a response. */
interface StorageError {
  /** Amazon. */
  readonly $metadata?: { readonly httpStatusCode?: number };
  /** Azure. */
  readonly statusCode?: number;
  /** Google. */
  readonly code?: unknown;
}

/** The error to throw for one that arose while a storage was read. */
export function explainStorageError(error: unknown, reading: Reading): unknown {
  if (error instanceof BulkheadError || reading.signal.aborted) return reading.explain(error);
  const { $metadata, statusCode, code } = (error ?? {}) as StorageError;
  const status = $metadata?.httpStatusCode ?? statusCode ?? (typeof code === 'number' ? code : undefined);
  if (status === 304) return unchanged(reading.url);
  return status === undefined ? reading.explain(error) : failedStatus(reading.url, status, { cause: error });
}
