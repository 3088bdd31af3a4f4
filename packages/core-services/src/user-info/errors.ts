import { NotAllowedError } from '@bulkhead/errors';

/** Only users have claims. */
export function notAUser(principal: string): NotAllowedError {
  return new NotAllowedError(`There is no user information about ${principal}`, {
    code: 'ERR_USER_INFO_NOT_A_USER',
    hint: "Demand a user first: httpAuth.credentials(req, { allow: ['user'] }).",
  });
}
