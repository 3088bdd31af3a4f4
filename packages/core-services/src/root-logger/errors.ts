import { BulkheadError, nearestName } from '@bulkhead/errors';
import { LOG_THRESHOLDS } from './log-level.ts';

/** The environment asks for a level that does not exist. */
export function unknownLogLevel(variable: string, value: string): BulkheadError {
  const nearest = nearestName(value, LOG_THRESHOLDS);
  return new BulkheadError('ERR_LOGGER_LEVEL', `The environment variable ${variable} is not a log level`, {
    hint: `${nearest ? `Did you mean '${nearest}'? ` : ''}The levels are ${LOG_THRESHOLDS.join(', ')}.`,
  });
}
