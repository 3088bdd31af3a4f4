import { NotAllowedError, ServiceUnavailableError } from '@bulkhead/errors';

/** Only users have claims. */
export function notAUser(principal: string): NotAllowedError {
  return new NotAllowedError(`There is no user information about ${principal}`, {
    code: 'ERR_USER_INFO_NOT_A_USER',
    hint: "Demand a user first: httpAuth.credentials(req, { allow: ['user'] }).",
  });
}

/** The plugin that signs users in does not tell about them. */
export function userInfoUnavailable(what: string, cause?: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError(`Plugin 'auth' does not tell what is known about the user: ${what}`, {
    code: 'ERR_USER_INFO_UNAVAILABLE',
    cause,
  });
}
