import type { HttpAuthPolicy, HttpRouterService } from '@bulkhead/backend-plugin-api';
import express, { type Handler } from 'express';

/** The router of a plugin, for handlers that were written for Express 4. */
export function expressRouterView(router: HttpRouterService): {
  use(handler: Handler): void;
  addAuthPolicy(policy: HttpAuthPolicy): void;
} {
  let app: express.Express | undefined;
  return {
    use(handler) {
      if (!app) {
        app = express();
        app.disable('x-powered-by');
        router.use(app as never);
      }
      app.use(handler);
    },
    addAuthPolicy: (policy) => router.addAuthPolicy(policy),
  };
}
