import { BulkheadError, type BulkheadErrorOptions } from './bulkhead-error.ts';
import type { Violation } from './violation.ts';

/** The code under which an unexpected error leaves the process; nothing throws it. */
export const INTERNAL_ERROR_CODE = 'ERR_HTTP_INTERNAL';

/** What every {@link HttpError} may carry beyond its message. */
export interface HttpErrorOptions extends BulkheadErrorOptions {
  /** Stable identifier in place of the class's own, for callers that must tell two errors of one class apart. */
  readonly code?: string;
  /** The request that failed, if the error came from another process. */
  readonly requestId?: string;
  /** All places of the request that are wrong, for errors that are about such. The first hundred travel. */
  readonly violations?: readonly Violation[];
}

/**
 * An error that is also the answer to an HTTP request: handlers throw it, the host turns it into a response with
 * `statusCode`, and a client on the other side gets the same class back.
 *
 * Use one of the subclasses; this class itself is for a status that has none.
 */
export class HttpError extends BulkheadError {
  /** HTTP status, 300 to 599. */
  readonly statusCode: number;
  /** The request that failed, if the error came from another process. */
  declare readonly requestId?: string;
  /** All places of the request that are wrong, for errors that are about such. */
  declare readonly violations?: readonly Violation[];

  constructor(statusCode: number, message: string, options: HttpErrorOptions = {}) {
    super(options.code ?? 'ERR_HTTP_STATUS', message, options);
    this.statusCode = statusCode;
    if (options.requestId !== undefined) {
      this.requestId = options.requestId;
    }
    if (options.violations !== undefined) {
      this.violations = options.violations;
    }
  }
}

function withCode(code: string, options: HttpErrorOptions = {}): HttpErrorOptions {
  return { ...options, code: options.code ?? code };
}

/** 304: what the caller holds is still current. */
export class NotModifiedError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(304, message, withCode('ERR_HTTP_NOT_MODIFIED', options));
  }
}

/** 400: the request is malformed or breaks a rule; repeating it unchanged is useless. */
export class InputError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(400, message, withCode('ERR_HTTP_INPUT', options));
  }
}

/** 401: no credentials, or none that can be verified. */
export class AuthenticationError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(401, message, withCode('ERR_HTTP_AUTHENTICATION', options));
  }
}

/** 403: the caller is known and may not do this. */
export class NotAllowedError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(403, message, withCode('ERR_HTTP_NOT_ALLOWED', options));
  }
}

/** 404: there is no such thing, or the caller may not know that there is. */
export class NotFoundError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(404, message, withCode('ERR_HTTP_NOT_FOUND', options));
  }
}

/** 405: the path exists, the method does not. */
export class MethodNotAllowedError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(405, message, withCode('ERR_HTTP_METHOD_NOT_ALLOWED', options));
  }
}

/** 408: the request did not arrive in time. */
export class RequestTimeoutError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(408, message, withCode('ERR_HTTP_REQUEST_TIMEOUT', options));
  }
}

/** 409: the request contradicts the present state, for example something of that name exists. */
export class ConflictError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(409, message, withCode('ERR_HTTP_CONFLICT', options));
  }
}

/** 412: the `If-Match` of the request no longer holds; read again and retry. */
export class PreconditionFailedError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(412, message, withCode('ERR_HTTP_PRECONDITION_FAILED', options));
  }
}

/** 413: the body is over the limit. */
export class PayloadTooLargeError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(413, message, withCode('ERR_HTTP_PAYLOAD_TOO_LARGE', options));
  }
}

/** 415: the body is of a type that this endpoint does not read. */
export class UnsupportedMediaTypeError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(415, message, withCode('ERR_HTTP_UNSUPPORTED_MEDIA_TYPE', options));
  }
}

/** 428: the endpoint wants an `If-Match` and the request has none. */
export class PreconditionRequiredError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(428, message, withCode('ERR_HTTP_PRECONDITION_REQUIRED', options));
  }
}

/** 429: the caller has used up its share; repeat later. */
export class TooManyRequestsError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(429, message, withCode('ERR_HTTP_TOO_MANY_REQUESTS', options));
  }
}

/** 501: the host or plugin lacks this ability. */
export class NotImplementedError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(501, message, withCode('ERR_HTTP_NOT_IMPLEMENTED', options));
  }
}

/** 502: another service answered with something that cannot be used. */
export class BadGatewayError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(502, message, withCode('ERR_HTTP_BAD_GATEWAY', options));
  }
}

/** 503: not now, for example while starting, draining, or without a database. */
export class ServiceUnavailableError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(503, message, withCode('ERR_HTTP_SERVICE_UNAVAILABLE', options));
  }
}

/** 504: another service did not answer in time. */
export class GatewayTimeoutError extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(504, message, withCode('ERR_HTTP_GATEWAY_TIMEOUT', options));
  }
}

/** An {@link HttpError} subclass with a fixed status. */
export type HttpErrorClass = new (message: string, options?: HttpErrorOptions) => HttpError;

/** Every subclass by its name, which is how an error finds its class again on the other side of a request. */
export const httpErrorClasses: Readonly<Record<string, HttpErrorClass>> = {
  NotModifiedError,
  InputError,
  AuthenticationError,
  NotAllowedError,
  NotFoundError,
  MethodNotAllowedError,
  RequestTimeoutError,
  ConflictError,
  PreconditionFailedError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
  PreconditionRequiredError,
  TooManyRequestsError,
  NotImplementedError,
  BadGatewayError,
  ServiceUnavailableError,
  GatewayTimeoutError,
};
