import type { CreateHttpApplication, RootHttpRouterService } from '@bulkhead/backend-plugin-api';
import type { Handler } from 'express';
import type { HttpServerService } from '../http-server/http-server-service.ts';

/** Mounts handlers on the server of the process. */
export class DefaultRootHttpRouterService implements RootHttpRouterService {
  readonly #server: HttpServerService;

  constructor(server: HttpServerService) {
    this.#server = server;
  }

  use(path: string, handler: Handler): void {
    this.#server.mountRoot(path, handler);
  }

  mount(path: string, create: CreateHttpApplication): void {
    this.#server.mountRootApplication(path, create);
  }
}
