import type { PluginEndpoint } from '../http-server/http-server-service.ts';
import { answerWith } from '../http-server/root-routes.ts';
import type { PluginKeysService } from './plugin-keys-service.ts';

/** Where the public keys of a plugin are, below its base URL. */
export const PLUGIN_JWKS_PATH = '/.backstage/auth/v1/jwks.json';

/** Shows anybody the public keys of a plugin. */
export function createJwksEndpoint(keys: Pick<PluginKeysService, 'listPublicKeys'>): PluginEndpoint {
  return (exchange, pluginId) => {
    answerWith(exchange, async () => ({ status: 200, body: { keys: [...(await keys.listPublicKeys(pluginId))] } }));
  };
}
