import { AuthenticationError, BulkheadError } from '@bulkhead/errors';

/** A mock token that is not accepted. */
export function mockTokenRefused(what: string): AuthenticationError {
  return new AuthenticationError(`The mock token ${what}`, {
    code: 'ERR_TEST_MOCK_TOKEN',
    hint: 'Take tokens from mockCredentials, and those for another plugin from auth.getPluginRequestToken.',
  });
}

/** A startup hook that comes too late; the code is the one that the runtime's lifecycle has. */
export function lifecycleOver(): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_LIFECYCLE_OVER', 'The startup hooks have been run already', {
    hint: 'Add startup hooks during init.',
  });
}

/** Two paths of a root router, one of which shadows the other. */
export function mockPathConflict(path: string, rival: string): BulkheadError {
  return new BulkheadError('ERR_TEST_PATH_CONFLICT', `The path '${path}' cannot be mounted beside '${rival}'`, {
    hint: 'Mount paths of which none lies below another.',
  });
}
