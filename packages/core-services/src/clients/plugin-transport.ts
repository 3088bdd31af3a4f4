import type { DiscoveryService } from '@bulkhead/backend-plugin-api';
import type { Transport, TransportRequest, TransportResponse } from '@bulkhead/openapi/client';
import type { HttpServerService } from '../http-server/http-server-service.ts';
import type { TopologyService } from '../topology/topology-service.ts';
import type { UpstreamsService } from '../upstreams/upstreams-service.ts';
import { InProcessTransport } from './in-process-transport.ts';
import { UpstreamTransport } from './upstream-transport.ts';

/** What {@link PluginTransport} needs. */
export interface PluginTransportOptions {
  readonly pluginId: string;
  readonly discovery: DiscoveryService;
  readonly server: HttpServerService;
  readonly topology: TopologyService;
  readonly upstreams: UpstreamsService;
}

/** Brings requests to a plugin, wherever discovery finds it at that moment: in this process, or in another. */
export class PluginTransport implements Transport {
  readonly #options: PluginTransportOptions;
  readonly #ownUrl: string;
  readonly #inProcess: InProcessTransport;
  #latest: { readonly baseUrl: string; readonly transport: UpstreamTransport } | undefined;

  constructor(options: PluginTransportOptions) {
    const { server, pluginId } = options;
    this.#options = options;
    this.#ownUrl = `${server.getAddress().url}/api/${encodeURIComponent(pluginId)}`;
    this.#inProcess = new InProcessTransport(server, pluginId);
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    const { discovery, pluginId } = this.#options;
    const found = await discovery.getBaseUrl(pluginId);
    if (found === this.#ownUrl) {
      return this.#inProcess.send(request);
    }
    return this.#transportTo(await this.#untried(found, request.tried)).send(request);
  }

  /** A replica that has not failed for this very call, as long as there is another. */
  async #untried(baseUrl: string, tried: ReadonlySet<string>): Promise<string> {
    if (tried.size === 0 || !tried.has(new URL(baseUrl).origin)) {
      return baseUrl;
    }
    const location = this.#options.topology.locate(this.#options.pluginId);
    if (location?.type !== 'remote') {
      return baseUrl;
    }
    const all = location.resolve ? await location.resolve() : location.baseUrls;
    return all.find((other) => !tried.has(new URL(other).origin)) ?? baseUrl;
  }

  #transportTo(baseUrl: string): UpstreamTransport {
    if (this.#latest?.baseUrl !== baseUrl) {
      this.#latest = { baseUrl, transport: new UpstreamTransport(this.#options.upstreams, baseUrl) };
    }
    return this.#latest.transport;
  }
}
