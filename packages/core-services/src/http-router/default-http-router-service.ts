import type {
  CreateHttpApplication,
  HttpAuthPolicy,
  HttpRouterService,
  HttpRoutes,
} from '@bulkhead/backend-plugin-api';
import type { Handler } from 'express';
import { PluginRequests, type PluginRequestsOptions } from './plugin-requests.ts';
import type { UpgradeHandler } from './upgrade-handlers.ts';

/** Mounts a plugin at `/api/<pluginId>`. */
export class DefaultHttpRouterService implements HttpRouterService {
  readonly #requests: PluginRequests;

  /** @throws BulkheadError `ERR_HTTP_MOUNTED_TWICE` */
  constructor(options: PluginRequestsOptions) {
    this.#requests = new PluginRequests(options);
    options.server.mountPlugin(this.#requests);
  }

  use(handler: Handler): void {
    this.#requests.use(handler);
  }

  mount(create: CreateHttpApplication): void {
    this.#requests.mount(create);
  }

  serve(routes: HttpRoutes): void {
    this.#requests.serve(routes);
  }

  addAuthPolicy(policy: HttpAuthPolicy): void {
    this.#requests.policies.add(policy);
  }

  onUpgrade(path: string, handler: UpgradeHandler): void {
    this.#requests.upgradeHandlers.add(path, handler);
  }
}
