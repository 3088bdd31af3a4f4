import { BulkheadError, InputError, ServiceUnavailableError } from '@bulkhead/errors';

/** A value that JSON cannot hold. */
export function notCacheable(path: string, what: string): InputError {
  return new InputError(`The value${path === '' ? '' : ` at ${path}`} cannot be cached: it is ${what}`, {
    code: 'ERR_CACHE_VALUE',
    hint: 'Cache plain JSON: texts, finite numbers, booleans, null, lists and objects of these.',
  });
}

/** The driver of the configured store is not installed. */
export function cacheDriverMissing(missing: {
  readonly store: string;
  readonly driver: string;
  readonly cause: unknown;
}): BulkheadError {
  const { store, driver, cause } = missing;
  return new BulkheadError(
    'ERR_CACHE_DRIVER_MISSING',
    `backend.cache.store is '${store}', but the client for it is not installed`,
    { hint: `Install it: npm install ${driver}`, cause },
  );
}

/** The store could not be reached, and what was asked of it must not be lost. */
export function cacheUnavailable(cause: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError('The cache cannot be reached', {
    code: 'ERR_CACHE_UNAVAILABLE',
    hint: 'Try again. If it lasts, check backend.cache.connection and whether the server runs.',
    cause,
  });
}
