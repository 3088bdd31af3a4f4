import { AuthenticationError, NotAllowedError, NotImplementedError } from '@bulkhead/errors';

/** The request says nothing about who makes it. */
export function missingCredentials(): AuthenticationError {
  return new AuthenticationError('The request has no credentials', {
    code: 'ERR_AUTH_MISSING_CREDENTIALS',
    hint: "Send a token in the header 'Authorization: Bearer <token>'.",
  });
}

/** The caller is known, but is not of a kind that may do this. */
export function wrongPrincipal(principal: string, allowed: readonly string[]): NotAllowedError {
  return new NotAllowedError(`This is for callers of type ${allowed.join(' or ')}, not for ${principal}`, {
    code: 'ERR_AUTH_WRONG_PRINCIPAL',
  });
}

/** A service that does not know under which URL browsers reach the plugin. */
export function noCookies(): NotImplementedError {
  return new NotImplementedError('This host issues no cookies', { code: 'ERR_AUTH_NO_COOKIES' });
}

/** A page of somebody else acts with the cookie of a user. */
export function foreignOrigin(): NotAllowedError {
  return new NotAllowedError('A page of another origin may not act with the cookie of a user', {
    code: 'ERR_AUTH_FOREIGN_ORIGIN',
    hint: "Send a token in the header 'Authorization: Bearer <token>', or name the origin in backend.cors.",
  });
}
