import {
  createServiceFactory,
  createServiceRef,
  type HttpAuthService,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import type { Response } from 'express';
import { wrongMethod } from '../http-server/errors.ts';
import type { Exchange } from '../http-server/exchange.ts';
import { httpServerServiceRef } from '../http-server/http-server-service.ts';
import { pathOf } from '../http-server/request-target.ts';

/** Where a browser gets and gives back the cookie of its user, below the base URL of a plugin. */
export const USER_COOKIE_PATH = '/.backstage/auth/v1/cookie';

/** Issues and takes back cookies. */
export interface CookieIssuer {
  issueUserCookie: HttpAuthService['issueUserCookie'];
  /** Has the cookie removed. */
  removeUserCookie(res: Response): Promise<void>;
}

/** The endpoint for cookies of every plugin of the process. */
export interface UserCookieEndpoint {
  /** Lets the endpoint of a plugin work. */
  add(pluginId: string, issuer: CookieIssuer): void;
}

/** The endpoint for cookies, which the `httpAuth` of all plugins share. */
export const userCookieEndpointRef: ServiceRef<UserCookieEndpoint, 'root', 'singleton'> =
  createServiceRef<UserCookieEndpoint>({
    id: 'core.userCookieEndpoint',
    scope: 'root',
    defaultFactory: async () => userCookieEndpointFactory,
  });

/** Answers at `/api/<pluginId>/.backstage/auth/v1/cookie`: GET sets the cookie of the user, DELETE removes it. */
export const userCookieEndpointFactory = createServiceFactory({
  service: userCookieEndpointRef,
  deps: { server: httpServerServiceRef },
  factory({ server }) {
    const issuers = new Map<string, CookieIssuer>();
    server.addPluginEndpoint(USER_COOKIE_PATH, (exchange, pluginId) => {
      const issuer = issuers.get(pluginId);
      if (!issuer) {
        return false;
      }
      answer(exchange, issuer).catch((error: unknown) => exchange.fail(error));
      return true;
    });
    return { add: (pluginId, issuer) => void issuers.set(pluginId, issuer) };
  },
});

async function answer(exchange: Exchange, issuer: CookieIssuer): Promise<void> {
  const { method, target } = exchange;
  const response = exchange.response as Response;
  if (method === 'GET') {
    const { expiresAt } = await issuer.issueUserCookie(response);
    const body = JSON.stringify({ expiresAt: expiresAt.toISOString() });
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.setHeader('Cache-Control', 'no-store');
    response.end(body);
  } else if (method === 'DELETE') {
    // Whoever has lost the token, or let it expire, must be able to sign out as well.
    await issuer.removeUserCookie(response);
    response.statusCode = 204;
    response.end();
  } else {
    exchange.refuse(wrongMethod(method, pathOf(target), ['GET', 'DELETE']), { Allow: 'GET, DELETE' });
  }
}
