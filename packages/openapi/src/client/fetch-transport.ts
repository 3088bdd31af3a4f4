import type { Transport, TransportRequest, TransportResponse } from './transport.ts';

/** What every browser and Node.js calls `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Sends requests with `fetch`: what browsers have, and Node.js outside of a host. */
export class FetchTransport implements Transport {
  readonly #baseUrl: string;
  readonly #fetch: Fetch;

  /** @param baseUrl - without a trailing slash */
  constructor(baseUrl: string, fetch: Fetch) {
    this.#baseUrl = baseUrl;
    this.#fetch = fetch;
  }

  async send({ method, path, headers, body, end }: TransportRequest): Promise<TransportResponse> {
    const response = await this.#fetch(`${this.#baseUrl}${path}`, {
      method,
      headers,
      // A token is for the plugin, not for wherever an answer points to.
      redirect: 'manual',
      signal: end.signal,
      ...(body !== undefined && { body: body as RequestInit['body'] }),
      // Without it no stream is sent, and TypeScript does not know it.
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text: () => response.text(),
      stream: () => response.body ?? new Response('').body!,
      discard: () => void response.body?.cancel().catch(() => undefined),
    };
  }
}
