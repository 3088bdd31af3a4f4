import type { HttpRouterService } from '@bulkhead/backend-plugin-api';
import type { Express, Handler, Router } from 'express';
import { DEFAULT_BODY_LIMIT } from '../http-server/body-limit.ts';
import { loadExpress } from '../http-server/load-express.ts';

/** A router of a plugin; one that somebody else has provided may know handlers of Express only. */
type PluginRouter = Pick<HttpRouterService, 'use'> & Partial<Pick<HttpRouterService, 'mount'>>;

/** Makes routes whose bodies are no larger than `bodyLimit`, in bytes. */
export type CreateLazyRoutes = (bodyLimit: number) => Router;

/**
 * Answers requests below a path of a plugin, before whatever the plugin adds later. The routes are made for the first of
 * these requests; all others cost a look at their path, whatever framework the plugin is written for.
 *
 * They limit bodies themselves: the host does not where another application of the plugin says that it does.
 *
 * @param prefix - below the plugin's mount, with a slash at its end
 */
export function mountLazyRoutes(httpRouter: PluginRouter, prefix: string, createRoutes: CreateLazyRoutes): void {
  let app: Express | undefined;
  if (httpRouter.mount) {
    httpRouter.mount(({ bodyLimit }) => ({
      handle(request, response, next) {
        if (!request.url?.startsWith(prefix)) {
          next();
          return;
        }
        app ??= createApp(createRoutes(bodyLimit));
        (app as (...args: unknown[]) => void)(request, response, next);
      },
    }));
  } else {
    let routes: Router | undefined;
    const handler: Handler = (req, res, next) => {
      if (!req.path.startsWith(prefix)) return next();
      routes ??= createRoutes(DEFAULT_BODY_LIMIT);
      routes(req, res, next);
    };
    httpRouter.use(handler);
  }
}

function createApp(routes: Router): Express {
  const app = loadExpress()();
  app.disable('x-powered-by');
  app.use(routes);
  return app;
}
