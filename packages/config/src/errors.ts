import { BulkheadError, formatSource, type Problem } from '@bulkhead/errors';

/** The key itself cannot be read; the configuration is not to blame. */
export function invalidKey(key: string): BulkheadError {
  return new BulkheadError('ERR_CONFIG_KEY', `${JSON.stringify(key)} is not a configuration key`, {
    hint: "Write parts with dots between them, each starting with a letter, like 'backend.listen.port'.",
  });
}

/** The error for a single problem, with its place in the message. */
export function configError({ code, message, source }: Problem, hint?: string): BulkheadError {
  return new BulkheadError(code, source ? `${message} (${formatSource(source)})` : message, { hint });
}
