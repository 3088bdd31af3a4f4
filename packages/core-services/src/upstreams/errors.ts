import { BulkheadError } from '@bulkhead/errors';

/** Another process has sent something that is not a response, or not one that can be read in one way only. */
export function invalidResponse(what: string): BulkheadError {
  return new BulkheadError('ERR_UPSTREAM_RESPONSE', `The response cannot be read: ${what}`);
}

/** Another process has closed the connection before its response was complete. */
export function connectionClosed(): BulkheadError {
  return new BulkheadError('ERR_UPSTREAM_CLOSED', 'The connection was closed before the response was complete');
}

/** Another process has answered, and ends the connection, or does not come to the end of its answer. */
export function connectionNotKept(): BulkheadError {
  return new BulkheadError('ERR_UPSTREAM_CLOSED', 'The connection is of no use after the response');
}

/** Another process has answered that it takes no requests. */
export function upstreamStops(): BulkheadError {
  return new BulkheadError('ERR_UPSTREAM_STOPS', 'The process takes no requests: it stops, or is not up yet');
}

/** Another process takes too long. */
export function upstreamTooSlow(what: string): BulkheadError {
  return new BulkheadError('ERR_UPSTREAM_TIMEOUT', `${what} took too long`);
}
