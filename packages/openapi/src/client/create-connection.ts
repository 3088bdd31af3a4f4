import type { ClientConnection } from './client-connection.ts';
import { invalidBaseUrl } from './errors.ts';
import { FetchTransport, type Fetch } from './fetch-transport.ts';
import { HttpConnection } from './http-connection.ts';
import { DEFAULT_CALL_POLICY, type CallPolicy } from './policy/call-policy.ts';

/** Where and how to reach a plugin from outside of a host. */
export interface ConnectionOptions {
  /** The URL below which the paths of the contract begin: `https://example.com/api/todo`. */
  readonly baseUrl: string;
  /** A token, or what gives one for each call. Calls can bring their own. */
  readonly token?: string | (() => Promise<string | undefined> | string | undefined);
  /** What sends the requests. Default: that of the platform. */
  readonly fetch?: Fetch;
  /** How calls are made where they do not say it themselves. */
  readonly policy?: Partial<CallPolicy>;
}

/**
 * Connects to a plugin from a browser, or from Node.js outside of a host.
 *
 * @throws BulkheadError `ERR_CLIENT_BASE_URL`
 *
 * @example
 * ```ts
 * const todos = new TodoClient(createConnection({ baseUrl: 'https://example.com/api/todo', token }));
 * ```
 */
export function createConnection({ baseUrl, token, fetch, policy }: ConnectionOptions): ClientConnection {
  const url = readBaseUrl(baseUrl);
  return new HttpConnection({
    target: url,
    // Looked up for each request, so that what replaces it later (a mock, a tracer) is used.
    transport: new FetchTransport(url, fetch ?? ((target, init) => globalThis.fetch(target, init))),
    policy: { ...DEFAULT_CALL_POLICY, ...policy },
    authorize: (_operation, options) => options.token ?? (typeof token === 'function' ? token() : token),
  });
}

/** Browsers may give a path only, which then is one of the page's own origin. */
function readBaseUrl(baseUrl: string): string {
  const isPath = /^\/(?!\/)/.test(baseUrl);
  if ((!isPath && !(/^https?:\/\//i.test(baseUrl) && URL.canParse(baseUrl))) || /[?#]/.test(baseUrl)) {
    throw invalidBaseUrl();
  }
  return baseUrl.replace(/\/+$/, '');
}
