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
  const { code, message = '' } = error as NodeJS.ErrnoException;
  return code?.endsWith('MODULE_NOT_FOUND') === true && message.includes(`'${name}'`);
}
