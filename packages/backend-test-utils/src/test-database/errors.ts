import { BulkheadError } from '@bulkhead/errors';

/** The server for tests did not come up. */
export function testServerUnavailable(code: string, message: string, hint: string | undefined): BulkheadError {
  return new BulkheadError('ERR_TEST_DATABASE_SERVER', 'The PostgreSQL for tests is not available.', {
    hint: 'Set BULKHEAD_TEST_POSTGRES_URL to the address of a PostgreSQL whose user may create databases and roles.',
    cause: new BulkheadError(code, message, { hint }),
  });
}
