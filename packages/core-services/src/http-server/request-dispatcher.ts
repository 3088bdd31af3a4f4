import { executionContext, type RootHostService } from '@bulkhead/backend-plugin-api';
import { nearestName } from '@bulkhead/errors';
import { malformedTarget, mountedTwice, unknownPlugin } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { PluginEndpoint, PluginForwarder, PluginMount } from './http-server-service.ts';
import type { LifecycleGate } from './lifecycle-gate.ts';
import { findTargetFault, pathOf, PLUGIN_PREFIX, pluginIdOf, toOriginForm } from './request-target.ts';
import { refuseUnknownPath, type RootRoutes } from './root-routes.ts';

/** What {@link RequestDispatcher} needs. */
export interface DispatcherOptions {
  readonly host: RootHostService;
  readonly gate: LifecycleGate;
  readonly rootRoutes: RootRoutes;
  /** Whether a wrong plugin id is answered with the nearest one, which tells anybody what is installed. */
  readonly development: boolean;
}

/** The plugin whose pages stand at `/`. Those of Backstage's front ends know it by this id. */
const INDEX_PLUGIN = 'app';

/** Finds out who answers a request. What that costs does not depend on how many plugins there are. */
export class RequestDispatcher {
  readonly #options: DispatcherOptions;
  readonly #mounts = new Map<string, PluginMount>();
  readonly #pluginEndpoints = new Map<string, PluginEndpoint>();
  #forwarder: PluginForwarder | undefined;
  readonly #enterAfterWaiting = (exchange: Exchange): void => this.#enter(exchange, exchange.pluginId!);

  constructor(options: DispatcherOptions) {
    this.#options = options;
    options.rootRoutes.setIndex({
      exists: () => options.host.getPlugin(INDEX_PLUGIN) !== undefined,
      enter: (exchange) => this.#routeToIndex(exchange),
    });
  }

  /** @throws BulkheadError `ERR_HTTP_MOUNTED_TWICE` */
  mount(mount: PluginMount): void {
    if (this.#mounts.has(mount.pluginId)) {
      throw mountedTwice(mount.pluginId);
    }
    this.#mounts.set(mount.pluginId, mount);
  }

  /** What was mounted for a plugin. */
  getMount(pluginId: string): PluginMount | undefined {
    return this.#mounts.get(pluginId);
  }

  /** Makes the host itself answer requests for `path` below the mount of every plugin of this process. */
  addPluginEndpoint(path: string, endpoint: PluginEndpoint): void {
    this.#pluginEndpoints.set(path, endpoint);
  }

  /** Sends requests for plugins that are not of this process to `forwarder`. */
  forwardWith(forwarder: PluginForwarder): void {
    this.#forwarder = forwarder;
  }

  /** Sends an exchange on its way. Whatever is thrown on the way is answered. */
  dispatch(exchange: Exchange): void {
    try {
      this.#route(exchange);
    } catch (error) {
      exchange.fail(error);
    }
  }

  #route(exchange: Exchange): void {
    const target = toOriginForm(exchange.target);
    if (target === undefined) {
      throw malformedTarget('is neither a path nor an http URL');
    }
    const fault = findTargetFault(target);
    if (fault !== undefined) {
      throw malformedTarget(fault);
    }
    exchange.target = target;
    exchange.request.url = target;
    if (target.startsWith(PLUGIN_PREFIX)) {
      this.#routeToPlugin(exchange, pluginIdOf(target));
    } else {
      exchange.addHostHeaders();
      this.#options.rootRoutes.handle(exchange);
    }
  }

  #routeToPlugin(exchange: Exchange, pluginId: string): void {
    const { host } = this.#options;
    const path = pathOf(exchange.target.slice(PLUGIN_PREFIX.length + pluginId.length));
    const endpoint = this.#pluginEndpoints.get(path);
    if (endpoint && host.getPlugin(pluginId)) {
      exchange.pluginId = pluginId;
      exchange.addHostHeaders();
      if (endpoint(exchange, pluginId) !== false) {
        return;
      }
    }
    this.#admit(exchange, pluginId);
  }

  /** What nothing else answers outside of `/api` is for the plugin with the front end. */
  #routeToIndex(exchange: Exchange): void {
    exchange.isForIndex = true;
    exchange.request.url = exchange.target;
    this.#admit(exchange, INDEX_PLUGIN);
  }

  #admit(exchange: Exchange, pluginId: string): void {
    const { gate } = this.#options;
    const admission = gate.admit(pluginId);
    if (admission === 'open') {
      this.#enter(exchange, pluginId);
      return;
    }
    exchange.pluginId = pluginId;
    if (admission === 'wait') {
      gate.wait(exchange, pluginId, this.#enterAfterWaiting);
    } else {
      exchange.refuse(admission, gate.headersOf(admission));
    }
  }

  #enter(exchange: Exchange, pluginId: string): void {
    const mount = this.#mounts.get(pluginId);
    if (!mount) {
      this.#refuseUnmounted(exchange, pluginId);
      return;
    }
    exchange.pluginId = pluginId;
    exchange.logger = mount.logger;
    if (mount.servesPages) {
      exchange.usePageHeaders();
    }
    exchange.addHostHeaders();
    const { requestId, traceparent, deadline } = exchange;
    executionContext.run({ pluginId, requestId, traceparent, deadline }, () => {
      try {
        mount.handle(exchange);
      } catch (error) {
        exchange.fail(error);
      }
    });
  }

  /** The plugin is one of another process, or does not exist, or has no router; or the path is one of the host's own below `/api`. */
  #refuseUnmounted(exchange: Exchange, pluginId: string): void {
    const { host, development, rootRoutes } = this.#options;
    if (host.getPlugin(pluginId)) {
      refuseUnknownPath(exchange);
    } else if (rootRoutes.hasEndpoint(pathOf(exchange.target))) {
      exchange.addHostHeaders();
      rootRoutes.handle(exchange);
    } else if (!this.#forwarder?.forward(exchange, pluginId)) {
      const nearest = development ? nearestName(pluginId, this.#mounts.keys()) : undefined;
      exchange.refuse(unknownPlugin(pluginId, nearest));
    }
  }
}
