import type { Content } from '../../contract/content.ts';
import { findContent, parseMediaType } from '../../contract/media-type.ts';
import type { CallRequest } from '../call.ts';
import type { CalledOperation } from '../client-operation.ts';
import { unwritableBody } from '../errors.ts';
import type { TransportBody } from '../transport.ts';
import { encodeFields } from './form-encoder.ts';
import { toReadableStream } from './to-readable-stream.ts';

/**
 * The body of a request in the form in which it is sent.
 *
 * @param headers - gets the `content-type`, unless the transport has to find a boundary first
 * @throws BulkheadError `ERR_CLIENT_BODY`
 */
export function encodeBody(
  { operationId, body: expected }: CalledOperation,
  { body, contentType }: CallRequest,
  headers: Record<string, string>,
): TransportBody | undefined {
  if (body === undefined) {
    if (expected?.required) {
      throw unwritableBody(operationId, 'it is missing');
    }
    return undefined;
  }
  if (!expected) {
    throw unwritableBody(operationId, 'the operation takes none');
  }
  const content =
    contentType === undefined ? expected.contents[0] : findContent(expected.contents, essenceOf(contentType));
  if (!content) {
    throw unwritableBody(operationId, `the operation takes no ${JSON.stringify(contentType)}`);
  }
  const encoded = encode(content, body);
  if (encoded === undefined) {
    throw unwritableBody(operationId, `it is nothing that can be sent as ${content.mediaType}`);
  }
  if (!(encoded instanceof FormData)) {
    headers['content-type'] = contentType ?? typeOf(content, body);
  }
  return encoded;
}

function encode(content: Content, body: unknown): TransportBody | undefined {
  switch (content.kind) {
    case 'json':
      return JSON.stringify(body);
    case 'form':
      return isRecord(body) ? encodeFields(body, content, new URLSearchParams()).toString() : undefined;
    case 'multipart':
      return isRecord(body) ? encodeFields(body, content, new FormData()) : undefined;
    case 'text':
      return typeof body === 'string' ? body : undefined;
    default:
      return encodeBinary(body);
  }
}

function encodeBinary(body: unknown): TransportBody | undefined {
  if (
    typeof body === 'string' ||
    body instanceof Uint8Array ||
    body instanceof Blob ||
    body instanceof ReadableStream
  ) {
    return body as TransportBody;
  }
  if (body instanceof ArrayBuffer) {
    return new Uint8Array(body);
  }
  const isIterable = typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
  return isIterable ? toReadableStream(body as AsyncIterable<Uint8Array | string>) : undefined;
}

/** What to call a body of which the caller has not said it. A range of types can be no type of a body. */
function typeOf({ mediaType, kind }: Content, body: unknown): string {
  if (mediaType.includes('*')) {
    return (body instanceof Blob && body.type) || 'application/octet-stream';
  }
  return kind === 'text' ? `${mediaType}; charset=utf-8` : mediaType;
}

function essenceOf(contentType: string): string {
  return parseMediaType(contentType).essence;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
