import { MAX_CAUSES } from './error-body.ts';
import { HttpError, type HttpErrorOptions } from './http-error.ts';
import { codeForStatus, httpErrorByName, httpErrorByStatus } from './http-error-registry.ts';
import { statusCodeOf } from './status-code.ts';
import { toViolations } from './violation.ts';

/**
 * The error that the other side threw, from the body of its response.
 *
 * The class is found by name, else by status; `code`, `hint`, violations, causes and `requestId` are kept. A body that is no
 * error body (a proxy's HTML page, say) gives an error that knows its status only.
 *
 * @param body - the parsed response body, whatever it is
 * @param statusCode - status of the response; wins over the one in the body
 */
export function fromErrorBody(body: unknown, statusCode?: number): HttpError {
  const parsed = isRecord(body) ? body : {};
  const response = isRecord(parsed.response) ? parsed.response : {};
  const origin: Origin = {
    statusCode: validStatus(statusCode) ?? validStatus(response.statusCode) ?? 500,
    requestId: typeof parsed.requestId === 'string' ? parsed.requestId : undefined,
  };
  if (isRecord(parsed.error) && typeof parsed.error.message === 'string') {
    return deserialize(parsed.error, origin, MAX_CAUSES);
  }
  const message = `The other side answered with status ${origin.statusCode} and no error body`;
  return createError({ message }, origin);
}

/** What is known of an error besides what the other side says of it. */
interface Origin {
  readonly statusCode: number;
  readonly requestId: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function deserialize(fields: Fields, origin: Origin, causesLeft: number): HttpError {
  const { cause } = fields;
  if (!isRecord(cause) || causesLeft === 0) {
    return createError(fields, origin);
  }
  const ofCause: Origin = { statusCode: statusCodeOf({ name: cause.name }), requestId: origin.requestId };
  return createError({ ...fields, cause: deserialize(cause, ofCause, causesLeft - 1) }, origin);
}

function createError(
  { name, message, code, hint, violations, cause }: Fields,
  { statusCode, requestId }: Origin,
): HttpError {
  const options: HttpErrorOptions = {
    requestId,
    code: typeof code === 'string' ? code : undefined,
    hint: typeof hint === 'string' ? hint : undefined,
    violations: toViolations(violations),
    cause: cause instanceof HttpError ? cause : undefined,
  };
  const byName = typeof name === 'string' ? httpErrorByName(name) : undefined;
  const entry = byName?.statusCode === statusCode ? byName : httpErrorByStatus(statusCode);
  return entry
    ? new entry.errorClass(String(message), options)
    : new HttpError(statusCode, String(message), { ...options, code: options.code ?? codeForStatus(statusCode) });
}

function validStatus(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 300 && value <= 599 ? value : undefined;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
