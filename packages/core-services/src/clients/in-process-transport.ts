import type { Transport, TransportBody, TransportRequest, TransportResponse } from '@bulkhead/openapi/client';
import type { HttpServerService } from '../http-server/http-server-service.ts';

/** Brings requests to a plugin of this very process. */
export class InProcessTransport implements Transport {
  readonly #server: HttpServerService;
  readonly #mountPath: string;
  readonly #host: string;

  constructor(server: HttpServerService, pluginId: string) {
    this.#server = server;
    this.#mountPath = `/api/${encodeURIComponent(pluginId)}`;
    this.#host = new URL(server.getAddress().url).host;
  }

  send({ method, path, headers, body, signal }: TransportRequest): Promise<TransportResponse> {
    const all = { host: this.#host, ...headers };
    return this.#server.sendInProcess({
      method,
      target: `${this.#mountPath}${path}`,
      headers: all,
      body: toBytes(body, all),
      signal,
    });
  }
}

/** A body in one of the forms that need no more encoding. */
function toBytes(
  body: TransportBody | undefined,
  headers: Record<string, string>,
): string | Uint8Array | ReadableStream<Uint8Array> | undefined {
  if (!(body instanceof FormData) && !(body instanceof Blob)) {
    return body;
  }
  const encoded = new Response(body);
  if (body instanceof Blob) {
    headers['content-length'] = String(body.size);
  } else {
    headers['content-type'] = encoded.headers.get('content-type')!;
  }
  return encoded.body!;
}
