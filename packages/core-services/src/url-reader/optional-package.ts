import { clientMissing } from './errors.ts';

/**
 * Loads a package that only hosts under `integrations` need: what reads archives and patterns.
 *
 * @throws BulkheadError `ERR_URL_READER_CLIENT_MISSING`
 */
export async function loadOptional<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw isMissing(name, error) ? clientMissing(name, 'integrations', error) : error;
  }
}

/** A package that is there may fail to load as well, and installing it would not help. */
function isMissing(name: string, error: unknown): boolean {
  // Whatever a package throws while it is loaded comes here, `undefined` included.
  const { code, message } = (error ?? {}) as Partial<Record<keyof NodeJS.ErrnoException, unknown>>;
  return String(code).endsWith('MODULE_NOT_FOUND') && String(message).includes(`'${name}'`);
}
