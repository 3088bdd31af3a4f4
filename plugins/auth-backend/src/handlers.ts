import { unknownUser } from './errors.ts';
import type { AuthHandlers, PublicKey } from './generated/types.ts';
import type { AuthStore } from './service/auth-store.ts';
import type { UserTokenIssuer } from './service/user-token-issuer.ts';
import type { GuestStrategy } from './strategies/guest-strategy.ts';

/** What the handlers stand on. */
export interface HandlersOptions {
  readonly guests: GuestStrategy;
  readonly issuer: UserTokenIssuer;
  readonly store: AuthStore;
}

/** The operations of `openapi.yaml`. */
export function createHandlers({ guests, issuer, store }: HandlersOptions): AuthHandlers {
  return {
    signInAsGuest: async ({ body }) => {
      const user = await guests.signIn(body ?? {});
      const [{ token, expiresAt }] = await Promise.all([issuer.issue(user), store.putUser(user)]);
      return {
        status: 200,
        headers: { 'cache-control': 'no-store' },
        body: { token, expiresAt: expiresAt.toISOString(), user: user.userEntityRef },
      };
    },

    getPublicKeys: async () => {
      // What is stored was made by the plugin itself.
      const keys = (await store.listKeys()) as unknown as PublicKey[];
      return { status: 200, headers: { 'cache-control': 'no-cache' }, body: { keys } };
    },

    getUserInfo: async ({ credentials }) => {
      const { userEntityRef } = credentials.principal;
      const user = await store.findUser(userEntityRef);
      if (!user) throw unknownUser(userEntityRef);
      return { status: 200, body: { claims: { sub: user.userEntityRef, ent: user.ownershipEntityRefs } } };
    },
  };
}
