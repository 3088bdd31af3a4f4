import { BulkheadError } from '@bulkhead/errors';

/** The value is left out on purpose: it may come from configuration and be a secret put under a wrong key. */
export function invalidDuration(): BulkheadError {
  return new BulkheadError('ERR_DURATION_INVALID', 'The value is not a duration', {
    hint: "Write a text like '250ms', '5s', '1h 30m' or 'PT1H30M', an object like { minutes: 5 }, or milliseconds as a number; not negative.",
  });
}
