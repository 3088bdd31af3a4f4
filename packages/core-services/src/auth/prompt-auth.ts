import type { IncomingMessage } from 'node:http';
import type { Credentials, PrincipalTypes } from '@bulkhead/backend-plugin-api';

/** What some implementations of `auth` can do besides. */
export interface PromptAuth {
  /**
   * The credentials behind a token, if they are known without waiting.
   *
   * @returns `undefined` when `authenticate` has to be asked, which says what is wrong with a token, too
   */
  authenticateNow?(token: string, options?: { readonly allowLimitedAccess?: boolean }): Credentials | undefined;
}

/** What some implementations of `httpAuth` can do besides. */
export interface PromptHttpAuth {
  /**
   * Who makes a request, if that is known without waiting. Most requests come with a token that has been verified before.
   *
   * @returns `undefined` when `credentials` has to be asked, which says what is wrong with a request, too
   */
  credentialsNow?(
    request: IncomingMessage,
    options: { readonly allow?: readonly (keyof PrincipalTypes)[]; readonly allowLimitedAccess?: boolean },
  ): Credentials | undefined;
}
