import type { BackendFeature, HttpAuthService, LoggerService } from '@bulkhead/backend-plugin-api';
import type { Handler } from 'express';
import { translateBackstageFeature } from '../../src/index.ts';

/** What {@link foreignPlugin} gives to its init, as Backstage's code sees it. */
export interface ForeignServices {
  readonly httpRouter: {
    use(handler: Handler | Handler[]): void;
    addAuthPolicy(policy: { path: string; allow: 'unauthenticated' | 'user-cookie' }): void;
  };
  readonly rootHttpRouter: { use(path: string, handler: Handler): void };
  readonly httpAuth: HttpAuthService;
  readonly logger: LoggerService;
}

/** A plugin in Backstage's wire form, translated. */
export function foreignPlugin(
  pluginId: string,
  init: (services: ForeignServices) => void | Promise<void>,
): BackendFeature {
  const ref = (name: string, scope = 'plugin'): object => ({
    $$type: '@backstage/ServiceRef',
    id: `core.${name}`,
    scope,
  });
  const wire = {
    $$type: '@backstage/BackendFeature',
    version: 'v1',
    featureType: 'registrations',
    getRegistrations: () => [
      {
        type: 'plugin-v1.1',
        pluginId,
        extensionPoints: [],
        init: {
          deps: {
            httpRouter: ref('httpRouter'),
            rootHttpRouter: ref('rootHttpRouter', 'root'),
            httpAuth: ref('httpAuth'),
            logger: ref('logger'),
          },
          func: init,
        },
      },
    ],
  };
  return translateBackstageFeature(wire)[0] as BackendFeature;
}

/** A plugin with one handler, which everybody may call. */
export function openPlugin(pluginId: string, ...handlers: readonly (Handler | Handler[])[]): BackendFeature {
  return foreignPlugin(pluginId, ({ httpRouter }) => {
    httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
    handlers.forEach((handler) => httpRouter.use(handler));
  });
}
