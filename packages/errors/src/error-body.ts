import { HttpError, httpErrorClasses, type HttpErrorClass } from './http-error.ts';
import { isErrorLike, type ErrorLike } from './is-error-like.ts';
import { statusCodeOf } from './status-code.ts';

/** An error as it travels over HTTP. */
export interface SerializedError {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  /** Only for 4xx: what the caller can do about it. */
  readonly hint?: string;
  readonly cause?: SerializedError;
}

/** The body of every error response. */
export interface ErrorBody {
  readonly error: SerializedError;
  readonly request?: { readonly method: string; readonly url: string };
  readonly response: { readonly statusCode: number };
  readonly requestId?: string;
}

/** What {@link toErrorBody} needs to know besides the error. */
export interface ErrorBodyContext {
  /** The request that failed, with its URL as the client sent it. */
  readonly request?: { readonly method: string; readonly url: string };
  /** Under which the log tells the whole story. */
  readonly requestId?: string;
  /** Show messages and causes of unexpected errors, too. Default: no. Stacks are never shown. */
  readonly development?: boolean;
}

const MAX_CAUSES = 5;

/**
 * The body with which an error leaves the process.
 *
 * Only name, message, code, hint (4xx) and causes are taken from the error, never its own fields nor its stack. The
 * message of an unexpected error (status 500), of a system error (it names server paths) and of an error marked
 * `expose: false` is replaced by a neutral one unless `development` is set.
 */
export function toErrorBody(error: unknown, context: ErrorBodyContext = {}): ErrorBody {
  const statusCode = statusCodeOf(error);
  return {
    error: serialize(error, statusCode, context, MAX_CAUSES),
    ...(context.request && { request: { method: context.request.method, url: context.request.url } }),
    response: { statusCode },
    ...(context.requestId !== undefined && { requestId: context.requestId }),
  };
}

function serialize(error: unknown, statusCode: number, context: ErrorBodyContext, causesLeft: number): SerializedError {
  const development = context.development === true;
  if (!isErrorLike(error)) {
    return {
      ...neutralError(statusCode, context),
      ...(development && { message: `Not an error: ${describe(error)}` }),
    };
  }
  if (!development && !isExposable(error, statusCode)) {
    return neutralError(statusCode, context);
  }
  const { hint } = error as { hint?: unknown };
  const cause = serializeCause(error.cause, context, causesLeft);
  return {
    name: error.name,
    message: error.message,
    code: typeof error.code === 'string' && error.code !== '' ? error.code : codeForStatus(statusCode),
    ...(typeof hint === 'string' && statusCode < 500 && { hint }),
    ...(cause && { cause }),
  };
}

/** A cause is shown if it could have been shown on its own; what hides behind a neutral message stays unmentioned. */
function serializeCause(cause: unknown, context: ErrorBodyContext, causesLeft: number): SerializedError | undefined {
  if (causesLeft === 0 || !isErrorLike(cause)) {
    return undefined;
  }
  const statusCode = statusCodeOf(cause);
  if (context.development !== true && !isExposable(cause, statusCode)) {
    return undefined;
  }
  return serialize(cause, statusCode, context, causesLeft - 1);
}

function isExposable(error: ErrorLike, statusCode: number): boolean {
  const { expose, syscall } = error as { expose?: unknown; syscall?: unknown };
  return statusCode !== 500 && expose !== false && syscall === undefined;
}

function neutralError(statusCode: number, { requestId }: ErrorBodyContext): SerializedError {
  if (statusCode !== 500) {
    return {
      name: CLASS_BY_STATUS.get(statusCode)?.name ?? 'HttpError',
      message: `The request failed with status ${statusCode}`,
      code: codeForStatus(statusCode),
    };
  }
  const where = requestId === undefined ? '' : ` The server's log has the details under request id ${requestId}.`;
  return { name: 'InternalError', message: `The request failed inside the server.${where}`, code: 'ERR_HTTP_INTERNAL' };
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeof value;
}

interface StatusEntry {
  readonly name: string;
  readonly code: string;
  readonly errorClass: HttpErrorClass;
}

const CLASS_BY_STATUS: ReadonlyMap<number, StatusEntry> = new Map(
  Object.entries(httpErrorClasses).map(([name, errorClass]) => {
    const { statusCode, code } = new errorClass('');
    return [statusCode, { name, code, errorClass }];
  }),
);

function codeForStatus(statusCode: number): string {
  return statusCode === 500 ? 'ERR_HTTP_INTERNAL' : (CLASS_BY_STATUS.get(statusCode)?.code ?? 'ERR_HTTP_STATUS');
}

/**
 * The error that the other side threw, from the body of its response.
 *
 * The class is found by name, else by status; `code`, `hint`, causes and `requestId` are kept. A body that is no
 * error body (a proxy's HTML page, say) gives an error that knows its status only.
 *
 * @param body - the parsed response body, whatever it is
 * @param statusCode - status of the response; wins over the one in the body
 */
export function fromErrorBody(body: unknown, statusCode?: number): HttpError {
  const parsed = isRecord(body) ? body : {};
  const response = isRecord(parsed.response) ? parsed.response : {};
  const status = validStatus(statusCode) ?? validStatus(response.statusCode) ?? 500;
  const requestId = typeof parsed.requestId === 'string' ? parsed.requestId : undefined;
  if (!isRecord(parsed.error) || typeof parsed.error.message !== 'string') {
    return createError(status, undefined, `The other side answered with status ${status} and no error body`, {
      requestId,
    });
  }
  return deserialize(parsed.error, status, requestId, MAX_CAUSES);
}

function deserialize(
  serialized: Record<string, unknown>,
  status: number,
  requestId: string | undefined,
  causesLeft: number,
): HttpError {
  const { name, message, code, hint, cause } = serialized;
  return createError(status, typeof name === 'string' ? name : undefined, String(message), {
    requestId,
    ...(typeof code === 'string' && { code }),
    ...(typeof hint === 'string' && { hint }),
    ...(isRecord(cause) &&
      causesLeft > 0 && { cause: deserialize(cause, statusCodeOf({ name: cause.name }), requestId, causesLeft - 1) }),
  });
}

function createError(
  status: number,
  name: string | undefined,
  message: string,
  options: { code?: string; hint?: string; cause?: unknown; requestId?: string },
): HttpError {
  const byName = name !== undefined && Object.hasOwn(httpErrorClasses, name) ? httpErrorClasses[name] : undefined;
  const error = byName && new byName(message, options);
  if (error?.statusCode === status) {
    return error;
  }
  const errorClass = CLASS_BY_STATUS.get(status)?.errorClass;
  return errorClass ? new errorClass(message, options) : new HttpError(status, message, options, codeForStatus(status));
}

function validStatus(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 300 && value <= 599 ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
