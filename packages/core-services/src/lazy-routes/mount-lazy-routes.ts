import type { HttpRouterService } from '@bulkhead/backend-plugin-api';
import express, { type Express, type Handler, type Router } from 'express';

/** A router of a plugin; one that somebody else has provided may know handlers of Express only. */
type PluginRouter = Pick<HttpRouterService, 'use'> & Partial<Pick<HttpRouterService, 'mount'>>;

/**
 * Answers requests below a path of a plugin, before whatever the plugin adds later. The routes are made for the first of
 * these requests; all others cost a look at their path, whatever framework the plugin is written for.
 *
 * @param prefix - below the plugin's mount, with a slash at its end
 */
export function mountLazyRoutes(httpRouter: PluginRouter, prefix: string, createRoutes: () => Router): void {
  let app: Express | undefined;
  if (httpRouter.mount) {
    httpRouter.mount(() => ({
      handle(request, response, next) {
        if (!request.url?.startsWith(prefix)) {
          next();
          return;
        }
        app ??= createApp(createRoutes());
        (app as (...args: unknown[]) => void)(request, response, next);
      },
    }));
  } else {
    let routes: Router | undefined;
    const handler: Handler = (req, res, next) => {
      if (!req.path.startsWith(prefix)) return next();
      routes ??= createRoutes();
      routes(req, res, next);
    };
    httpRouter.use(handler);
  }
}

function createApp(routes: Router): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(routes);
  return app;
}
