import { MAX_CAUSES, type ErrorBody, type SerializedError } from './error-body.ts';
import { codeForStatus, httpErrorByStatus } from './http-error-registry.ts';
import { isErrorLike, type ErrorLike } from './is-error-like.ts';
import { statusCodeOf } from './status-code.ts';
import { toViolations } from './violation.ts';

/** What {@link toErrorBody} needs to know besides the error. */
export interface ErrorBodyContext {
  /** The request that failed, with its URL as the client sent it. */
  readonly request?: { readonly method: string; readonly url: string };
  /** Under which the log tells the whole story. */
  readonly requestId?: string;
  /** Show messages and causes of unexpected errors, too. Default: no. Stacks are never shown. */
  readonly development?: boolean;
}

/**
 * The body with which an error leaves the process.
 *
 * Only name, message, code, hint (4xx), violations and causes are taken from the error, never its own fields nor its stack. The
 * message of an unexpected error (status 500), of a system error (it names server paths) and of an error marked
 * `expose: false` is replaced by a neutral one unless `development` is set.
 */
export function toErrorBody(error: unknown, context: ErrorBodyContext = {}): ErrorBody {
  const { request, requestId } = context;
  return {
    error: serialize(error, context, MAX_CAUSES),
    ...(request && { request: { method: request.method, url: request.url } }),
    response: { statusCode: statusCodeOf(error) },
    ...(requestId !== undefined && { requestId }),
  };
}

function serialize(error: unknown, context: ErrorBodyContext, causesLeft: number): SerializedError {
  const statusCode = statusCodeOf(error);
  if (!isErrorLike(error)) {
    const neutral = neutralError(statusCode, context);
    return context.development ? { ...neutral, message: `Not an error: ${describe(error)}` } : neutral;
  }
  if (!isExposable(error, context)) {
    return neutralError(statusCode, context);
  }
  const { hint, violations: all } = error as { hint?: unknown; violations?: unknown };
  const violations = toViolations(all);
  const cause = serializeCause(error.cause, context, causesLeft);
  return {
    name: error.name,
    message: error.message,
    code: typeof error.code === 'string' && error.code !== '' ? error.code : codeForStatus(statusCode),
    ...(typeof hint === 'string' && statusCode < 500 && { hint }),
    ...(violations && { violations }),
    ...(cause && { cause }),
  };
}

/** A cause is shown if it could have been shown on its own; what hides behind a neutral message stays unmentioned. */
function serializeCause(cause: unknown, context: ErrorBodyContext, causesLeft: number): SerializedError | undefined {
  const isShown = causesLeft > 0 && isErrorLike(cause) && isExposable(cause, context);
  return isShown ? serialize(cause, context, causesLeft - 1) : undefined;
}

function isExposable(error: ErrorLike, { development = false }: ErrorBodyContext): boolean {
  const { expose, syscall } = error as { expose?: unknown; syscall?: unknown };
  return development || (statusCodeOf(error) !== 500 && expose !== false && syscall === undefined);
}

function neutralError(statusCode: number, { requestId }: ErrorBodyContext): SerializedError {
  const code = codeForStatus(statusCode);
  if (statusCode !== 500) {
    const name = httpErrorByStatus(statusCode)?.name ?? 'HttpError';
    return { name, message: `The request failed with status ${statusCode}`, code };
  }
  const where = requestId === undefined ? '' : ` The server's log has the details under request id ${requestId}.`;
  return { name: 'InternalError', message: `The request failed inside the server.${where}`, code };
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeof value;
}
