import type { ServerResponse } from 'node:http';

/** Headers of a response by their names in lower case, as the handler gave them. */
export type ResponseHeaders = Readonly<Record<string, unknown>>;

const NO_HEADERS: ResponseHeaders = {};

/** Headers of which the host or Node.js decides. */
const NOT_FOR_HANDLERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-type']);

/** The headers that a handler gave, without those that it left undefined. */
export function readHeaders(headers: unknown): ResponseHeaders {
  if (typeof headers !== 'object' || headers === null) {
    return NO_HEADERS;
  }
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) {
      result[name.toLowerCase()] = value;
    }
  }
  return result;
}

/** Sets the headers of a response. Lists are written with commas in between, but cookies get a line each. */
export function writeHeaders(response: ServerResponse, headers: ResponseHeaders): void {
  for (const name in headers) {
    if (!NOT_FOR_HANDLERS.has(name)) {
      const value = headers[name];
      response.setHeader(name, name === 'set-cookie' && Array.isArray(value) ? value.map(String) : toText(value));
    }
  }
}

function toText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(String).join(', ');
  }
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** The header that says since when an operation is deprecated (RFC 9745), or that it is, as the drafts before it had it. */
export function deprecationHeader(deprecated: string | true): string {
  const time = deprecated === true ? NaN : Date.parse(deprecated);
  return Number.isNaN(time) ? 'true' : `@${Math.floor(time / 1_000)}`;
}

/** The header that says when an operation will be gone (RFC 8594). */
export function sunsetHeader(sunset: string): string | undefined {
  const time = Date.parse(sunset);
  return Number.isNaN(time) ? undefined : new Date(time).toUTCString();
}
