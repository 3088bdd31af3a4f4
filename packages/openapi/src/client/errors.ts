import {
  BadGatewayError,
  BulkheadError,
  GatewayTimeoutError,
  HttpError,
  ServiceUnavailableError,
} from '@bulkhead/errors';

/** Which call an error is about. */
export interface CallName {
  /** What is called, such as `plugin 'todo'`. */
  readonly target: string;
  readonly operationId: string;
}

// What the caller has got wrong

/** A parameter has a value that cannot be written into a request. */
export function unwritableParameter(pointer: string, reason: string): BulkheadError {
  return new BulkheadError('ERR_CLIENT_PARAMETER', `The value of ${pointer} cannot be sent: ${reason}`, {
    hint: 'See the contract of the operation for what it takes.',
  });
}

/** A body cannot be sent as the contract says. */
export function unwritableBody(operationId: string, reason: string): BulkheadError {
  return new BulkheadError('ERR_CLIENT_BODY', `The body for '${operationId}' cannot be sent: ${reason}`, {
    hint: 'See the contract of the operation for what it takes.',
  });
}

/** A base URL is none. */
export function invalidBaseUrl(): BulkheadError {
  return new BulkheadError('ERR_CLIENT_BASE_URL', 'The base URL is no http or https URL without query', {
    hint: "Give the URL below which the plugin's paths begin, such as https://example.com/api/todo",
  });
}

// No proper answer

/** No connection could be made. */
export function unreachable({ target, operationId }: CallName, cause: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError(`No connection to ${target} could be made for '${operationId}'`, {
    code: 'ERR_CLIENT_UNREACHABLE',
    cause,
  });
}

/** The connection broke before the response was complete. */
export function connectionLost({ target, operationId }: CallName, cause: unknown): BadGatewayError {
  return new BadGatewayError(`The connection to ${target} broke before '${operationId}' was answered`, {
    code: 'ERR_CLIENT_CONNECTION_LOST',
    // Browsers tell scripts no more than that there was no answer.
    hint: 'document' in globalThis ? 'The host may not allow pages of this origin: see its backend.cors.' : undefined,
    cause,
  });
}

/** There was no answer in time. */
export function timedOut({ target, operationId }: CallName, timeout: number): GatewayTimeoutError {
  const patience = timeout > 0 ? `within ${Math.ceil(timeout)} ms` : 'in the time that the caller had left';
  return new GatewayTimeoutError(`'${operationId}' of ${target} was not answered ${patience}`, {
    code: 'ERR_CLIENT_TIMEOUT',
  });
}

/** Too many calls have failed one after the other, so that this one is not made. */
export function breakerOpen({ target, operationId }: CallName, retryIn: number): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `'${operationId}' was not called: ${target} has failed too often, and is tried again in ${Math.ceil(retryIn)} ms`,
    { code: 'ERR_CLIENT_BREAKER_OPEN' },
  );
}

/** The caller has aborted the call. */
export function aborted({ target, operationId }: CallName, reason: unknown): HttpError {
  // The status with which nginx logs requests whose client has gone.
  return new HttpError(499, `The call of '${operationId}' of ${target} was aborted`, {
    code: 'ERR_CLIENT_ABORTED',
    cause: reason,
  });
}

/** The response is not one that the contract names. */
export function unexpectedAnswer({ target, operationId }: CallName, what: string, cause?: unknown): BadGatewayError {
  return new BadGatewayError(`${target} has answered '${operationId}' with ${what}`, {
    code: 'ERR_CLIENT_UNEXPECTED_ANSWER',
    cause,
  });
}
