import { hash } from 'node:crypto';
import type { Credentials, UserInfo, UserInfoService } from '@bulkhead/backend-plugin-api';
import type { LRUCache } from 'lru-cache';
import { describePrincipal, tokenOf, type Principal } from '../auth/credentials.ts';
import { readUnverifiedToken } from '../auth/unverified-token.ts';
import { notAUser } from './errors.ts';
import { ownershipOf } from './user-info-request.ts';

/** What {@link DefaultUserInfoService} asks when a token says nothing. */
export interface UserInfoSource {
  /** Through whom the user of a token owns things. */
  readonly fetchOwnership: (token: string) => Promise<readonly string[]>;
  /** Holds answers for a few seconds; bounded, and shared by all plugins. */
  readonly answers: LRUCache<string, Promise<readonly string[]>>;
}

/**
 * Knows users by the claims of the token behind the credentials: `ent` lists through whom the user owns things. Where
 * the token leaves that out, the plugin that issued it is asked.
 */
export class DefaultUserInfoService implements UserInfoService {
  readonly #source: UserInfoSource | undefined;

  /** @param source - without one, and for tokens that are no JSON Web Tokens, users own through themselves only */
  constructor(source?: UserInfoSource) {
    this.#source = source;
  }

  async getUserInfo(credentials: Credentials): Promise<UserInfo> {
    const principal = credentials.principal as Principal;
    if (principal.type !== 'user') {
      throw notAUser(describePrincipal(principal));
    }
    const { userEntityRef } = principal;
    return { userEntityRef, ownershipEntityRefs: (await this.#findOwnership(tokenOf(credentials))) ?? [userEntityRef] };
  }

  async #findOwnership(text: string | undefined): Promise<readonly string[] | undefined> {
    // The token was verified when the credentials were made.
    const token = text === undefined ? undefined : readUnverifiedToken(text);
    return token && (ownershipOf(token.claims) ?? (await this.#ask(token.text)));
  }

  #ask(token: string): Promise<readonly string[]> | undefined {
    if (!this.#source) {
      return undefined;
    }
    const { fetchOwnership, answers } = this.#source;
    const key = hash('sha256', token, 'base64');
    let answer = answers.get(key);
    if (!answer) {
      answer = fetchOwnership(token);
      answers.set(key, answer);
      // The next one who asks is a new attempt.
      answer.catch(() => answers.delete(key));
    }
    return answer;
  }
}
