import type { IncomingMessage } from 'node:http';
import type { Config } from '@bulkhead/config';
import { missingCredentials } from '../http-auth/errors.ts';
import { bearerTokenOf } from './bearer-token.ts';
import { accessRestricted, invalidToken } from './errors.ts';
import type { ExternalTokensService } from './external-tokens-service.ts';
import { isDefaultPolicyDisabled } from './default-policy.ts';

/** Guards the endpoints of the host, which no plugin answers for. */
export class HostAccess {
  readonly #isOpen: boolean;
  readonly #tokens: ExternalTokensService;

  constructor(config: Config, tokens: ExternalTokensService) {
    this.#isOpen = isDefaultPolicyDisabled(config);
    this.#tokens = tokens;
  }

  /** @throws AuthenticationError without a valid token; NotAllowedError when it is restricted to certain plugins */
  async demand(request: IncomingMessage): Promise<void> {
    if (this.#isOpen) {
      return;
    }
    const token = bearerTokenOf(request);
    if (token === undefined) {
      throw missingCredentials();
    }
    const caller = await this.#tokens.find(token);
    if (!caller) {
      throw invalidToken();
    }
    if (caller.restrictions) {
      throw accessRestricted(caller.subject, 'host');
    }
  }
}
