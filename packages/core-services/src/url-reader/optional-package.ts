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
    throw clientMissing(name, 'integrations', error);
  }
}
