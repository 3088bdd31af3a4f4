import { wrongMethod } from '../http-server/errors.ts';
import type { PluginEndpoint } from '../http-server/http-server-service.ts';
import { pathOf } from '../http-server/request-target.ts';
import type { PluginKeysService } from './plugin-keys-service.ts';

/** Where the public keys of a plugin are, below its base URL. */
export const PLUGIN_JWKS_PATH = '/.backstage/auth/v1/jwks.json';

/** Shows anybody the public keys of a plugin. */
export function createJwksEndpoint(keys: Pick<PluginKeysService, 'listPublicKeys'>): PluginEndpoint {
  return (exchange, pluginId) => {
    const { method, response } = exchange;
    if (method !== 'GET' && method !== 'HEAD') {
      exchange.refuse(wrongMethod(method, pathOf(exchange.target), ['GET']), { Allow: 'GET, HEAD' });
      return;
    }
    keys.listPublicKeys(pluginId).then(
      (found) => {
        if (exchange.isAnswerable) {
          const body = JSON.stringify({ keys: found });
          response.setHeader('Content-Type', 'application/json; charset=utf-8');
          response.setHeader('Content-Length', Buffer.byteLength(body));
          // There may be a new key at any moment.
          response.setHeader('Cache-Control', 'no-cache');
          response.end(method === 'HEAD' ? undefined : body);
        }
      },
      (error: unknown) => exchange.fail(error),
    );
  };
}
