import { BulkheadError } from '@bulkhead/errors';

/** Nobody has said on whose behalf an operation is called. */
export function missingCredentials(pluginId: string, operationId: string): BulkheadError {
  return new BulkheadError(
    'ERR_CLIENTS_NO_CREDENTIALS',
    `'${operationId}' of plugin '${pluginId}' was called without credentials`,
    {
      hint:
        'Pass { credentials } as the second argument: those of the request that is being answered, or ' +
        'await auth.getOwnServiceCredentials() to act as the plugin itself.',
    },
  );
}
