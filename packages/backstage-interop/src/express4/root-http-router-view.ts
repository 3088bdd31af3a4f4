import { executionContext, type RootHttpRouterService } from '@bulkhead/backend-plugin-api';
import type { Handler4, Next, Request4, Response4 } from './express.ts';
import { ForeignApplication } from './foreign-application.ts';
import { holdListeners, serverOf } from './server-listeners.ts';

/** The router of the process as Backstage's code knows it. */
export interface ForeignRootHttpRouter {
  /** Mounts a handler or router for Express 4 at a path. */
  use(path: string, handler: Handler4): void;
}

/** The router of the process, for handlers that were written for Express 4. */
export function rootHttpRouterView(router: RootHttpRouterService): ForeignRootHttpRouter {
  return {
    use(path, handler) {
      const owner = executionContext.current()?.pluginId;
      router.mount(path, (place) => {
        const application = new ForeignApplication(place);
        if (owner !== undefined) application.use(enterContext(owner));
        application.use(handler);
        return application;
      });
    },
  };
}

/** What a handler does outside of `/api` is done by the plugin that has mounted it, too. */
function enterContext(pluginId: string): Handler4 {
  return (request: Request4, _response: Response4, next: Next) => {
    const server = serverOf(request);
    if (server) holdListeners(server, pluginId);
    executionContext.run({ pluginId }, next);
  };
}
