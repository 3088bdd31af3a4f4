import { AuthenticationError, BadGatewayError, BulkheadError } from '@bulkhead/errors';

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

/** A name under `services` that no core service has. */
export function unknownCoreService(name: string, nearest: string | undefined): BulkheadError {
  return new BulkheadError('ERR_TEST_UNKNOWN_SERVICE', `There is no core service '${name}'`, {
    hint:
      nearest === undefined
        ? 'Under services stand core services; put provideService(ref, instance) among the features for others.'
        : `Did you mean '${nearest}'?`,
  });
}

/** A fake extension point that no module of the test asks for. */
export function unusedExtensionPoint(id: string): BulkheadError {
  return new BulkheadError('ERR_TEST_EXTENSION_POINT_UNUSED', `No module of the test uses extension point '${id}'`, {
    hint: 'Add the module that is to be tested to features, or leave the extension point out.',
  });
}

/** A fake extension point that modules of several plugins ask for. */
export function ambiguousExtensionPoint(id: string, pluginIds: readonly string[]): BulkheadError {
  const names = pluginIds.map((pluginId) => `'${pluginId}'`).join(' and ');
  return new BulkheadError(
    'ERR_TEST_EXTENSION_POINT_AMBIGUOUS',
    `Extension point '${id}' is used by modules of the plugins ${names}, and only one of them can have it`,
    { hint: 'Test the modules of one plugin at a time.' },
  );
}

/** The connection to a replica failed before it had answered. */
export function replicaUnreachable(replica: number, cause: unknown): BadGatewayError {
  return new BadGatewayError(`Replica ${replica} of the test backend hung up without an answer`, {
    code: 'ERR_TEST_REPLICA_UNREACHABLE',
    cause,
  });
}

/** An operation of a mock client that the test has not thought of. */
export function unmockedOperation(name: string): BulkheadError {
  return new BulkheadError('ERR_TEST_CLIENT_OPERATION', `The mock client has no '${name}'`, {
    hint: `Give mockClient a function '${name}', or start the plugin itself in the test.`,
  });
}
