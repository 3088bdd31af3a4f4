import type { IncomingMessage } from 'node:http';
import type { Config } from '@bulkhead/config';
import { missingCredentials } from '../http-auth/errors.ts';
import { bearerTokenOf } from './bearer-token.ts';
import { invalidToken, restrictedToPlugins } from './errors.ts';
import type { ExternalTokensService } from './external-tokens-service.ts';
import { isDefaultPolicyDisabled } from './default-policy.ts';
import type { TokenHandler } from './token-handler.ts';

/** Guards the endpoints of the host, which no plugin answers for. */
export class HostAccess {
  readonly #isOpen: boolean;
  readonly #tokens: ExternalTokensService;
  readonly #users: TokenHandler | undefined;

  /** @param users - understands the tokens of users; absent: users are not let in */
  constructor(config: Config, tokens: ExternalTokensService, users?: TokenHandler) {
    this.#isOpen = isDefaultPolicyDisabled(config);
    this.#tokens = tokens;
    this.#users = users;
  }

  /**
   * @throws AuthenticationError without a valid token; NotAllowedError when it is restricted to certain plugins;
   *   ServiceUnavailableError `ERR_AUTH_KEYS_UNAVAILABLE`
   */
  async demand(request: IncomingMessage): Promise<void> {
    if (this.#isOpen) {
      return;
    }
    const token = bearerTokenOf(request);
    if (token === undefined) {
      throw missingCredentials();
    }
    const user = await this.#users?.verify(token);
    if (user && !user.limited) {
      return;
    }
    const caller = await this.#tokens.find(token);
    if (!caller) {
      throw invalidToken();
    }
    if (caller.restrictions) {
      throw restrictedToPlugins(caller.subject);
    }
  }
}
