import type { IncomingMessage } from 'node:http';
import type { HttpError } from '@bulkhead/errors';
import { headersTooLarge, malformedRequest } from './errors.ts';
import type { HttpServerSettings } from './http-server-settings.ts';

/** RFC 3986, 3.2: a host and a port. Not the space that stands between the values of two headers. */
const HOST = /^[\w.~!$&'()*+,;=%:[\]-]*$/;

/** What is wrong with the head of a request, apart from its target; `undefined`: nothing. */
export function findHeadFault(
  { rawHeaders, headers, httpVersion }: IncomingMessage,
  { maxHeadersCount }: HttpServerSettings,
): HttpError | undefined {
  if (maxHeadersCount > 0 && rawHeaders.length > maxHeadersCount * 2) {
    return headersTooLarge();
  }
  if (headers.host === undefined) {
    return httpVersion === '1.1' ? malformedRequest('the Host header is missing') : undefined;
  }
  return HOST.test(headers.host) ? undefined : malformedRequest('the Host header is not the name of one host');
}

/** The same for a request that has come from within the process, where no parser has counted bytes. */
export function findInProcessHeadFault(
  request: IncomingMessage,
  { maxHeaderSize }: HttpServerSettings,
): HttpError | undefined {
  return sizeOf(request) > maxHeaderSize ? headersTooLarge() : undefined;
}

/** How large the head of a request would be on a wire, about. */
function sizeOf({ url = '', rawHeaders }: IncomingMessage): number {
  return rawHeaders.reduce((size, text) => size + text.length + ': '.length, url.length);
}
