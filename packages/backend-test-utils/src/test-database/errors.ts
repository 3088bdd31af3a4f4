import { BulkheadError } from '@bulkhead/errors';

/** There is no server for tests. */
export function testServerUnavailable(cause: unknown): BulkheadError {
  return new BulkheadError('ERR_TEST_DATABASE_SERVER', 'The PostgreSQL for tests is not available.', {
    hint: 'Set BULKHEAD_TEST_POSTGRES_URL to the address of a PostgreSQL whose user may create databases and roles.',
    cause,
  });
}

/** Why the process that was to run the server could not, as it reported itself. */
export function supervisorFailed(code: string, message: string, hint: string | undefined): BulkheadError {
  return new BulkheadError(code, message, { hint });
}

/** The process that leads the test run is gone, or was never there. */
export function brokerSilent(url: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_TEST_DATABASE_BROKER', `Nobody answers at ${new URL(url).origin}.`, {
    hint: 'Run the tests through Jest with the global setup and teardown of this package.',
    cause,
  });
}
