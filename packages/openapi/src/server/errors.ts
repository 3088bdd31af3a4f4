import { BulkheadError } from '@bulkhead/errors';

// Making routes

/** A contract has an operation for which no handler was given. */
export function missingHandler(operationId: string): BulkheadError {
  return new BulkheadError('ERR_CONTRACT_MISSING_HANDLER', `There is no handler for operation '${operationId}'`, {
    hint: `Add a function '${operationId}' to the handlers, or take the operation out of openapi.yaml and run: npm run generate`,
  });
}
