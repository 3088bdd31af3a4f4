import type { HttpAuthPolicy, HttpRouterService } from '@bulkhead/backend-plugin-api';
import type { Handler4 } from './express.ts';
import { ForeignApplication } from './foreign-application.ts';

/** The router of a plugin as Backstage's code knows it. */
export interface ForeignHttpRouter {
  /** Adds a handler or router for Express 4. */
  use(handler: Handler4): void;
  addAuthPolicy(policy: HttpAuthPolicy): void;
}

/** The router of a plugin, for handlers that were written for Express 4. They share an application. */
export function httpRouterView(router: HttpRouterService): ForeignHttpRouter {
  let application: ForeignApplication | undefined;
  return {
    use(handler) {
      if (!application) router.mount((place) => (application = new ForeignApplication(place)));
      application!.use(handler);
    },
    addAuthPolicy({ path, allow }) {
      // Paths that Backstage's host takes and ours refuses: one without a slash matches no request, and none matches all.
      if (path === '' || path === '*' || path.startsWith('/')) router.addAuthPolicy({ path: path || '/', allow });
    },
  };
}
