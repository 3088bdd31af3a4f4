import { hash } from 'node:crypto';
import type { LRUCache } from 'lru-cache';
import type { PluginKeysService } from '../plugin-keys/plugin-keys-service.ts';
import { tokenExpired } from './errors.ts';
import { toLimitedUserToken } from './limited-user-token.ts';
import { TOKEN_TYPES } from './token-types.ts';

/** Seconds that a token lives. */
const LIFETIME = 60 * 60;

/** A token that may be handed out again. */
export interface IssuedToken {
  readonly token: Promise<string>;
  /** Until when, in milliseconds since the epoch; `undefined` while it is being signed. */
  freshUntil: number | undefined;
}

/** What {@link PluginTokenIssuer} is made of. */
export interface PluginTokenIssuerOptions {
  /** The plugin that issues the tokens. */
  readonly pluginId: string;
  readonly keys: Pick<PluginKeysService, 'getSigningKey'>;
  /** What has been issued, by all plugins of the process; bounded. */
  readonly issued: LRUCache<string, IssuedToken>;
  readonly now?: () => number;
}

/**
 * Issues the tokens with which a plugin calls others. Signing takes longer than most calls, so a token is handed out
 * again for the same target and user, for at most half of its life.
 */
export class PluginTokenIssuer {
  readonly #options: PluginTokenIssuerOptions;
  readonly #now: () => number;

  constructor(options: PluginTokenIssuerOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * A token for a plugin.
   *
   * @param userToken - of the user on whose behalf; full or limited, and verified
   * @throws AuthenticationError `ERR_AUTH_TOKEN_EXPIRED` when the user's is over
   */
  issue(targetPluginId: string, userToken?: string): Promise<string> {
    const { pluginId, issued } = this.#options;
    const user = userToken === undefined ? '' : hash('sha256', userToken, 'base64');
    const key = `${pluginId} ${targetPluginId} ${user}`;
    const known = issued.get(key);
    if (known && (known.freshUntil === undefined || this.#now() < known.freshUntil)) {
      return known.token;
    }
    const entry: IssuedToken = {
      token: this.#sign(targetPluginId, userToken, (freshUntil) => (entry.freshUntil = freshUntil)),
      freshUntil: undefined,
    };
    issued.set(key, entry);
    entry.token.catch(() => issued.get(key) === entry && issued.delete(key));
    return entry.token;
  }

  async #sign(aud: string, userToken: string | undefined, onSigned: (freshUntil: number) => void): Promise<string> {
    const { pluginId, keys } = this.#options;
    const { SignJWT } = await import('jose/jwt/sign');
    const { key, alg, kid } = await keys.getSigningKey(pluginId);
    const user = userToken === undefined ? undefined : toLimitedUserToken(userToken);
    const iat = Math.floor(this.#now() / 1_000);
    const exp = Math.min(iat + LIFETIME, Math.floor((user?.expiresAt.getTime() ?? Infinity) / 1_000));
    if (exp <= iat) {
      throw tokenExpired();
    }
    const claims = { sub: pluginId, aud, iat, exp, ...(user && { obo: user.token }) };
    const token = await new SignJWT(claims).setProtectedHeader({ typ: TOKEN_TYPES.plugin, alg, kid }).sign(key);
    onSigned((iat + (exp - iat) / 2) * 1_000);
    return token;
  }
}
