import type { Express } from 'express';
import type { Exchange } from '../http-server/exchange.ts';
import type { PluginForwarder } from '../http-server/http-server-service.ts';
import type { TopologyService } from '../topology/topology-service.ts';
import type { UpstreamsService } from '../upstreams/upstreams-service.ts';
import { forwardingLoop, unreachablePlugin } from './errors.ts';
import { ForwardedRequest } from './forwarded-request.ts';
import type { ForwardingSettings } from './forwarding-settings.ts';
import { PluginRoutes, type PluginRoute } from './plugin-routes.ts';
import { RequestHeads } from './request-head.ts';
import { createPeerTrust } from './trusted-peers.ts';

/** What {@link Forwarder} is made of. */
export interface ForwarderOptions {
  readonly settings: ForwardingSettings;
  readonly topology: TopologyService;
  readonly upstreams: UpstreamsService;
  /** An Express application with the settings of the server. */
  readonly createApp: () => Express;
  /** Hands the socket of a request for another protocol over. */
  readonly releaseUpgrade: (exchange: Exchange) => void;
}

/** What all forwarded requests of a process share. */
export interface ForwardingContext extends Pick<ForwarderOptions, 'settings' | 'upstreams' | 'releaseUpgrade'> {
  readonly requestHeads: RequestHeads;
  /** How many requests are under way, by origin. */
  readonly underWay: Map<string, number>;
}

/** Sends requests for plugins that run in other processes there, and their answers back. */
export class Forwarder implements PluginForwarder {
  readonly #routes: PluginRoutes;
  readonly #context: ForwardingContext;

  constructor({ topology, createApp, ...rest }: ForwarderOptions) {
    this.#routes = new PluginRoutes(topology);
    this.#context = {
      ...rest,
      requestHeads: new RequestHeads(createPeerTrust(createApp)),
      underWay: new Map(),
    };
  }

  forward(exchange: Exchange, pluginId: string): boolean {
    const route = this.#routes.find(pluginId);
    if (!route) {
      return false;
    }
    exchange.pluginId = pluginId;
    if (this.#context.requestHeads.isLoop(exchange.request)) {
      exchange.fail(forwardingLoop(pluginId));
    } else if (route instanceof Promise) {
      void this.#forwardLater(exchange, pluginId, route);
    } else {
      new ForwardedRequest(this.#context, exchange, route).start();
    }
    return true;
  }

  async #forwardLater(exchange: Exchange, pluginId: string, looking: Promise<PluginRoute>): Promise<void> {
    try {
      const route = await looking;
      if (exchange.isAnswerable) new ForwardedRequest(this.#context, exchange, route).start();
    } catch (error) {
      exchange.fail(unreachablePlugin(pluginId, error));
    }
  }
}
