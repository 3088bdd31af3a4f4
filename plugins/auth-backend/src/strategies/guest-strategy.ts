import { nearestName } from '@bulkhead/errors';
import { guestInProduction, unknownGuest } from '../errors.ts';
import type { SignedInUser, SignInStrategy } from '../sign-in-strategy.ts';
import type { GuestSettings } from './guest-settings.ts';

/** Who everybody is that does not say otherwise. */
const GUEST = 'user:development/guest';

/** What {@link GuestStrategy} is asked. */
export interface GuestRequest {
  /** Whom to sign in as. */
  readonly user?: string;
}

/** Believes whatever it is told: for development. */
export class GuestStrategy implements SignInStrategy<GuestRequest> {
  readonly id = 'guest';
  readonly #isAllowed: boolean;
  readonly #users: ReadonlyMap<string, SignedInUser>;

  constructor({ isAllowed, users }: GuestSettings) {
    this.#isAllowed = isAllowed;
    const guest: SignedInUser = { userEntityRef: GUEST, ownershipEntityRefs: [GUEST] };
    this.#users = new Map([guest, ...users].map((user) => [user.userEntityRef, user]));
  }

  /** @throws NotAllowedError `ERR_SIGN_IN_GUEST_IN_PRODUCTION`, `ERR_SIGN_IN_UNKNOWN_GUEST` */
  async signIn({ user = GUEST }: GuestRequest): Promise<SignedInUser> {
    if (!this.#isAllowed) {
      throw guestInProduction();
    }
    const known = this.#users.get(user);
    if (!known) {
      throw unknownGuest(user, nearestName(user, [...this.#users.keys()]));
    }
    return known;
  }
}
