import type { ServicePrincipal, UserPrincipal } from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';

/** What a token proves. */
export interface VerifiedToken {
  readonly principal: UserPrincipal | ServicePrincipal;
  /** Set on tokens that prove who a user is but permit little, such as the one in a cookie. */
  readonly limited?: boolean;
  readonly expiresAt?: Date;
  /** What to pass on in place of the token itself, when somebody is to be spoken for once more. */
  readonly token?: string;
}

/** Knows one kind of token. `auth` asks its handlers one after another. */
export interface TokenHandler {
  /**
   * Verifies a token, synchronously where that is possible.
   *
   * @returns `undefined` when the token is not of this kind, so that the next handler is asked
   * @throws AuthenticationError when it is of this kind and not valid; NotAllowedError when it is not for this plugin
   */
  verify(token: string): MaybePromise<VerifiedToken | undefined>;
}
