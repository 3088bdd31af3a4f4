import { NotAllowedError, NotFoundError } from '@bulkhead/errors';

/** Guests are for development. */
export function guestInProduction(): NotAllowedError {
  return new NotAllowedError('Nobody is signed in as a guest in production', {
    code: 'ERR_SIGN_IN_GUEST_IN_PRODUCTION',
    hint: 'Set auth.guest.allowInProduction: true if anybody may be any of the configured users.',
  });
}

/** Nobody in the configuration is called so. */
export function unknownGuest(user: string, nearest: string | undefined): NotAllowedError {
  return new NotAllowedError(`There is no guest '${user}'`, {
    code: 'ERR_SIGN_IN_UNKNOWN_GUEST',
    hint: nearest === undefined ? 'List the user in auth.guest.users.' : `Did you mean '${nearest}'?`,
  });
}

/** A user who has a valid token, but has not signed in here. */
export function unknownUser(userEntityRef: string): NotFoundError {
  return new NotFoundError(`Nothing is known about ${userEntityRef}`, {
    code: 'ERR_SIGN_IN_UNKNOWN_USER',
    hint: 'The user has to sign in once.',
  });
}
