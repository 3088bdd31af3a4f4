import type { TransportBody } from '@bulkhead/openapi/client';

/**
 * A body in one of the forms that need no more encoding. The `fetch` of Node.js knows how to write forms; undici, when it
 * is a copy of its own, takes those of Node.js for something else.
 *
 * @param headers - gets the headers that belong to the encoding
 */
export function encodeBody(
  body: TransportBody | undefined,
  headers: Record<string, string>,
): string | Uint8Array | ReadableStream<Uint8Array> | undefined {
  if (body instanceof Blob) {
    headers['content-length'] = String(body.size);
    return body.stream();
  }
  if (body instanceof FormData) {
    const encoded = new Response(body);
    headers['content-type'] = encoded.headers.get('content-type')!;
    return encoded.body!;
  }
  return body;
}
