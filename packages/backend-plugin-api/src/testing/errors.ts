import { AuthenticationError, BulkheadError, NotFoundError } from '@bulkhead/errors';

/** A stand-in was asked for something that only the real service has. */
export function nothingBehind(service: string): BulkheadError {
  return new BulkheadError('ERR_PLUGIN_API_NOOP_SERVICE', `The silent ${service} service has nothing behind it`, {
    hint: `Use startTestBackend or mockServices.${service} of @bulkhead/backend-test-utils for a test that needs it.`,
  });
}

/** A stand-in was asked who somebody is. */
export function nobodyIsKnown(): AuthenticationError {
  return new AuthenticationError('The silent services know nobody', {
    hint: 'Use mockServices of @bulkhead/backend-test-utils for a test that needs credentials.',
  });
}

/** The scheduler's stand-in keeps no tasks. */
export function noSuchTask(id: string): NotFoundError {
  return new NotFoundError(`There is no task '${id}': the silent scheduler keeps none`);
}

/** The permissions registry's stand-in keeps no rules. */
export function noSuchRule(name: string): NotFoundError {
  return new NotFoundError(`There is no permission rule '${name}': the silent registry keeps none`);
}

/** The stand-in for actions knows none. */
export function noSuchAction(id: string): NotFoundError {
  return new NotFoundError(`There is no action '${id}': the silent actions service knows none`);
}
