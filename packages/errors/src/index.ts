/**
 * The errors of Bulkhead and how they read, on a terminal and over HTTP.
 *
 * @packageDocumentation
 */

// The base
export { BulkheadError, type BulkheadErrorOptions } from './bulkhead-error.ts';
export { isErrorLike, type ErrorLike } from './is-error-like.ts';
export { describeThrown } from './describe-thrown.ts';

// Everything that is wrong, at once
export { ProblemsError, formatSource, type Problem, type ProblemSource } from './problem.ts';
export { MAX_VIOLATIONS, type Violation } from './violation.ts';
export { nearestName } from './nearest-name.ts';
export { formatError, formatHeadline, formatProblem } from './format-error.ts';

// Errors that are answers to an HTTP request
export {
  AuthenticationError,
  BadGatewayError,
  ConflictError,
  GatewayTimeoutError,
  HttpError,
  InputError,
  MethodNotAllowedError,
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
  NotModifiedError,
  PayloadTooLargeError,
  PreconditionFailedError,
  PreconditionRequiredError,
  RequestTimeoutError,
  ServiceUnavailableError,
  TooManyRequestsError,
  UnsupportedMediaTypeError,
  type HttpErrorOptions,
} from './http-error.ts';

// Their wire form
export type { ErrorBody, SerializedError } from './error-body.ts';
export { toErrorBody, type ErrorBodyContext } from './to-error-body.ts';
export { fromErrorBody } from './from-error-body.ts';
export { statusCodeOf } from './status-code.ts';
