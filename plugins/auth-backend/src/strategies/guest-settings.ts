import type { ConfigService } from '@bulkhead/backend-plugin-api';
import type { SignedInUser } from '../sign-in-strategy.ts';

/** Who can be signed in without proof. */
export interface GuestSettings {
  /** Whether guests are signed in at all. */
  readonly isAllowed: boolean;
  /** Besides the one that everybody is by default. */
  readonly users: readonly SignedInUser[];
}

/** Reads `auth.guest`. @param isProduction - where guests have to be allowed expressly */
export function readGuestSettings(config: ConfigService, isProduction: boolean): GuestSettings {
  const users = config.getOptionalConfigArray('guest.users') ?? [];
  return {
    isAllowed: !isProduction || (config.getOptionalBoolean('guest.allowInProduction') ?? false),
    users: users.map((entry) => {
      const userEntityRef = entry.getString('user');
      return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...(entry.getOptionalStringArray('groups') ?? [])] };
    }),
  };
}
