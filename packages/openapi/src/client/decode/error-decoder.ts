import { fromErrorBody, type HttpError } from '@bulkhead/errors';
import { findContent, parseMediaType } from '../../contract/media-type.ts';
import { findResponse } from '../../contract/responses.ts';
import type { CallResponse } from '../call.ts';
import type { CalledOperation } from '../client-operation.ts';
import { unexpectedAnswer, type CallName } from '../errors.ts';
import type { TransportResponse } from '../transport.ts';

/** Statuses with which proxies answer on their own account, with bodies of their own making. */
export const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

const responses = new WeakMap<Error, CallResponse>();

/**
 * The response that an error of a client stands for: its status, headers such as `retry-after`, and its body, parsed if
 * it is JSON.
 *
 * @returns `undefined` for other errors, and where there was no response
 */
export function responseOf(error: unknown): CallResponse | undefined {
  return error instanceof Error ? responses.get(error) : undefined;
}

/**
 * The error that a response with an error status stands for: the one that the other side threw. A body that is no error
 * body makes an error of that status only if the contract or the status says that such an answer is to be expected;
 * otherwise somebody else has answered.
 */
export async function readError(
  operation: CalledOperation,
  response: TransportResponse,
  name: CallName,
): Promise<Error> {
  const { status, headers } = response;
  const text = operation.method === 'HEAD' ? '' : await response.text();
  const body = parse(text);
  const error = toError(operation, { status, headers, body }, name);
  responses.set(error, { status, headers, body });
  return error;
}

function toError(operation: CalledOperation, { status, headers, body }: CallResponse, name: CallName): HttpError {
  if (isErrorBody(body)) {
    return fromErrorBody(body, status);
  }
  const contentType = headers['content-type'];
  const contents = findResponse(operation.responses, status);
  const isExpected =
    operation.method === 'HEAD' ||
    GATEWAY_STATUSES.has(status) ||
    contents?.length === 0 ||
    (contents && contentType !== undefined && findContent(contents, parseMediaType(contentType).essence) !== undefined);
  const error = fromErrorBody(undefined, status);
  return isExpected ? error : unexpectedAnswer(name, `status ${status} and no error body`, error);
}

function isErrorBody(body: unknown): boolean {
  const error = (body as { readonly error?: { readonly message?: unknown } | null } | null | undefined)?.error;
  return typeof error === 'object' && error !== null && typeof error.message === 'string';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
