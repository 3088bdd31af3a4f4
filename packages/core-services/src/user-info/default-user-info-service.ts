import type { Credentials, UserInfo, UserInfoService } from '@bulkhead/backend-plugin-api';
import { describePrincipal, tokenOf, type Principal } from '../auth/credentials.ts';
import { notAUser } from './errors.ts';

/**
 * Reads what is known about a user from the claims of the token behind the credentials: `ent` lists what the user
 * owns through. Without that claim the user owns through itself only.
 */
export class DefaultUserInfoService implements UserInfoService {
  async getUserInfo(credentials: Credentials): Promise<UserInfo> {
    const principal = credentials.principal as Principal;
    if (principal.type !== 'user') {
      throw notAUser(describePrincipal(principal));
    }
    const { userEntityRef } = principal;
    return { userEntityRef, ownershipEntityRefs: ownershipClaimOf(tokenOf(credentials)) ?? [userEntityRef] };
  }
}

/** The `ent` claim of a JWT. The token was verified when the credentials were made. */
function ownershipClaimOf(token: string | undefined): string[] | undefined {
  const payload = token?.split('.')[1];
  if (payload === undefined) {
    return undefined;
  }
  try {
    const { ent } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { ent?: unknown };
    return Array.isArray(ent) && ent.every((ref) => typeof ref === 'string') ? ent : undefined;
  } catch {
    return undefined;
  }
}
