import { NotFoundError } from '@bulkhead/errors';

/** The caller has no digest of that day. */
export function digestNotFound(date: string): NotFoundError {
  return new NotFoundError(`There is no digest of ${date}`, {
    code: 'ERR_DIGEST_NOT_FOUND',
    hint: 'List the digests to see which there are, or make that of today: POST /digests.',
  });
}
