import type { Transport, TransportRequest, TransportResponse } from '@bulkhead/openapi/client';
import type { HttpServerService } from '../http-server/http-server-service.ts';
import { encodeBody } from './encode-body.ts';

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

  send({ method, path, headers, body, end }: TransportRequest): Promise<TransportResponse> {
    const all = { host: this.#host, ...headers };
    return this.#server.sendInProcess({
      method,
      target: `${this.#mountPath}${path}`,
      headers: all,
      body: encodeBody(body, all),
      end,
    });
  }
}
