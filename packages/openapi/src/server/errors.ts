import { BulkheadError, HttpError, InputError, UnsupportedMediaTypeError, type Violation } from '@bulkhead/errors';
import type { Content } from '../contract/content.ts';
import type { Violations } from './violations/violations.ts';

// Making routes

/** A contract has an operation for which no handler was given. */
export function missingHandler(operationId: string): BulkheadError {
  return new BulkheadError('ERR_CONTRACT_MISSING_HANDLER', `There is no handler for operation '${operationId}'`, {
    hint: `Add a function '${operationId}' to the handlers, or take the operation out of openapi.yaml and run: npm run generate`,
  });
}

// Requests that break the contract

/** One or more places of a request are not what the contract says. */
export function requestBreaksContract(operationId: string, violations: Violations): InputError {
  const { kept, count, hint } = violations;
  const [first] = kept;
  const more = count > 1 ? `, and ${count - 1} more` : '';
  const listed = count > kept.length ? ` (the first ${kept.length} are listed)` : '';
  return new InputError(
    `The request breaks the contract of '${operationId}': ${first?.pointer} ${first?.message}${more}${listed}`,
    {
      code: 'ERR_CONTRACT_REQUEST',
      hint: hint ?? "See 'violations' for every place, and openapi.json of the plugin for what it takes.",
      violations: kept,
    },
  );
}

/** The contract names no such body. */
export function unlistedMediaType(sent: string, contents: readonly Content[]): UnsupportedMediaTypeError {
  const accepted = contents.map(({ mediaType }) => mediaType).join(', ');
  return new UnsupportedMediaTypeError(
    sent === '' ? 'The body has no Content-Type' : `Bodies of type ${JSON.stringify(sent)} are not read here`,
    { code: 'ERR_CONTRACT_MEDIA_TYPE', hint: `Send one of: ${accepted}` },
  );
}

/** The text of a body is in a charset that cannot be read, or that its media type does not allow. */
export function unsupportedCharset(charset: string): UnsupportedMediaTypeError {
  return new UnsupportedMediaTypeError(`Bodies in the charset ${JSON.stringify(charset)} are not read here`, {
    code: 'ERR_CONTRACT_CHARSET',
    hint: 'Send it in UTF-8.',
  });
}

/** The body is compressed. */
export function encodedBody(encoding: string): UnsupportedMediaTypeError {
  return new UnsupportedMediaTypeError(`Bodies with Content-Encoding ${JSON.stringify(encoding)} are not read here`, {
    code: 'ERR_CONTRACT_ENCODING',
    hint: 'Send it as it is, without Content-Encoding.',
  });
}

/** The client went away, or its connection broke, before the body was complete. */
export function incompleteBody(cause?: unknown): InputError {
  return new InputError('The body ended before it was complete', { code: 'ERR_CONTRACT_INCOMPLETE_BODY', cause });
}

// Responses that break the contract

/** A response is not what the contract says. Seen in development only. */
export function responseBreaksContract(operationId: string, violations: readonly Violation[]): HttpError {
  const [first] = violations;
  const more = violations.length > 1 ? `, and ${violations.length - 1} more` : '';
  return new HttpError(
    500,
    `The response of '${operationId}' breaks the contract: ${first?.pointer} ${first?.message}${more}`,
    {
      code: 'ERR_CONTRACT_RESPONSE',
      hint: 'Mend the handler, or say in openapi.yaml what it answers and run: npm run generate',
      violations,
    },
  );
}

/** A handler has returned something that is no response at all. */
export function noResponse(operationId: string, given: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_CONTRACT_NO_RESPONSE',
    `The handler of '${operationId}' returned ${describeType(given)} in place of a response`,
    { hint: 'Return { status, body }, with the status as a number.' },
  );
}

/** A stream has yielded something that cannot be sent. */
export function wrongChunk(chunk: unknown): BulkheadError {
  return new BulkheadError('ERR_CONTRACT_CHUNK', `The stream of a response has yielded ${describeType(chunk)}`, {
    hint: 'Yield Uint8Array or strings; for text/event-stream, objects with data.',
  });
}

/** The body of a response is not of the kind that its media type asks for. */
export function wrongBody(mediaType: string, body: unknown): BulkheadError {
  return new BulkheadError('ERR_CONTRACT_BODY', `${describeType(body)} cannot be sent as ${mediaType}`, {
    hint: 'Return bytes, a stream, or an async iterable of them; for text a string.',
  });
}

function describeType(value: unknown): string {
  if (value === null || value === undefined) {
    return String(value);
  }
  const type = typeof value;
  return `${type === 'object' ? 'an' : 'a'} ${type}`;
}
