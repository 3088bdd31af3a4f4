import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import {
  UNPROCESSED_HEADER,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '@bulkhead/openapi/client';
import type { Dispatcher } from 'undici';
import type { UpstreamsService } from '../upstreams/upstreams-service.ts';
import { encodeBody } from './encode-body.ts';

/** Brings requests to a plugin of another process, over the connections that this process keeps to it. */
export class UpstreamTransport implements Transport {
  readonly #upstreams: UpstreamsService;
  readonly #origin: string;
  readonly #basePath: string;

  /** @param baseUrl - of the plugin, without a trailing slash */
  constructor(upstreams: UpstreamsService, baseUrl: string) {
    const { origin, pathname } = new URL(baseUrl);
    this.#upstreams = upstreams;
    this.#origin = origin;
    this.#basePath = pathname.replace(/\/$/, '');
  }

  async send({ method, path, headers, body, end, tried }: TransportRequest): Promise<TransportResponse> {
    const all = { ...headers };
    const encoded = encodeBody(body, all);
    const sentAt = performance.now();
    try {
      const response = await this.#upstreams.dispatcherFor(this.#origin).request({
        method,
        path: `${this.#basePath}${path}`,
        headers: all,
        body: encoded instanceof ReadableStream ? Readable.fromWeb(encoded as NodeReadableStream) : encoded,
        signal: end.signal,
      });
      const isUnprocessed = response.headers[UNPROCESSED_HEADER] !== undefined;
      this.#upstreams.report(this.#origin, isUnprocessed ? 'unavailable' : 'answered', sentAt);
      if (isUnprocessed) {
        tried.add(this.#origin);
      }
      return toTransportResponse(response);
    } catch (error) {
      if (!end.isOver) {
        tried.add(this.#origin);
        this.#upstreams.report(this.#origin, 'failed', sentAt);
      }
      throw error;
    }
  }
}

function toTransportResponse({ statusCode, headers, body }: Dispatcher.ResponseData): TransportResponse {
  return {
    status: statusCode,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
    ),
    text: () => body.text(),
    stream: () => Readable.toWeb(body) as ReadableStream<Uint8Array>,
    discard: () => void body.dump().catch(() => undefined),
  };
}
