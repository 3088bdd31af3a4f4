import { describe, expect, it } from '@jest/globals';
import {
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
  statusCodeOf,
} from './index.ts';

const CLASSES = [
  [NotModifiedError, 304, 'ERR_HTTP_NOT_MODIFIED'],
  [InputError, 400, 'ERR_HTTP_INPUT'],
  [AuthenticationError, 401, 'ERR_HTTP_AUTHENTICATION'],
  [NotAllowedError, 403, 'ERR_HTTP_NOT_ALLOWED'],
  [NotFoundError, 404, 'ERR_HTTP_NOT_FOUND'],
  [MethodNotAllowedError, 405, 'ERR_HTTP_METHOD_NOT_ALLOWED'],
  [RequestTimeoutError, 408, 'ERR_HTTP_REQUEST_TIMEOUT'],
  [ConflictError, 409, 'ERR_HTTP_CONFLICT'],
  [PreconditionFailedError, 412, 'ERR_HTTP_PRECONDITION_FAILED'],
  [PayloadTooLargeError, 413, 'ERR_HTTP_PAYLOAD_TOO_LARGE'],
  [UnsupportedMediaTypeError, 415, 'ERR_HTTP_UNSUPPORTED_MEDIA_TYPE'],
  [PreconditionRequiredError, 428, 'ERR_HTTP_PRECONDITION_REQUIRED'],
  [TooManyRequestsError, 429, 'ERR_HTTP_TOO_MANY_REQUESTS'],
  [NotImplementedError, 501, 'ERR_HTTP_NOT_IMPLEMENTED'],
  [BadGatewayError, 502, 'ERR_HTTP_BAD_GATEWAY'],
  [ServiceUnavailableError, 503, 'ERR_HTTP_SERVICE_UNAVAILABLE'],
  [GatewayTimeoutError, 504, 'ERR_HTTP_GATEWAY_TIMEOUT'],
] as const;

describe('HTTP errors', () => {
  it.each(CLASSES)('%p has its status and code', (errorClass, statusCode, code) => {
    const error = new errorClass('No.');
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ statusCode, code, message: 'No.', name: errorClass.name });
    expect(statusCodeOf(error)).toBe(statusCode);
  });

  it('take a code, a hint and a cause of their own', () => {
    const cause = new Error('why');
    const error = new NotFoundError('No such todo', { code: 'ERR_TODO_UNKNOWN', hint: 'List them first.', cause });
    expect(error).toMatchObject({ statusCode: 404, code: 'ERR_TODO_UNKNOWN', hint: 'List them first.', cause });
  });

  it('keep the default code if the options say undefined', () => {
    expect(new NotFoundError('No', { code: undefined }).code).toBe('ERR_HTTP_NOT_FOUND');
  });

  it('may have a status without a class', () => {
    expect(new HttpError(418, 'Short and stout')).toMatchObject({ statusCode: 418, code: 'ERR_HTTP_STATUS' });
  });
});

describe('statusCodeOf', () => {
  it.each([
    [{ statusCode: 422 }, 422],
    [{ status: 409 }, 409],
    [{ statusCode: 'x', status: 410 }, 410],
    [{ statusCode: 400.5 }, 500],
    [{ statusCode: 200 }, 500],
    [{ status: 600 }, 500],
    [{ name: 'ConflictError', message: '' }, 409],
    [{ name: 'NotModifiedError', message: '' }, 304],
    [{ name: 'constructor' }, 500],
    [new TypeError('x'), 500],
    ['text', 500],
    [undefined, 500],
    [null, 500],
  ])('%p stands for %i', (error, expected) => {
    expect(statusCodeOf(error)).toBe(expected);
  });

  it('knows a subclass of a class without an error status', () => {
    class StillFreshError extends NotModifiedError {}
    expect(statusCodeOf(new StillFreshError('x'))).toBe(304);
  });
});
