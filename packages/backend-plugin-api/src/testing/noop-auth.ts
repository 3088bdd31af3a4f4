import type { AuthService, Credentials, HttpAuthService, PrincipalTypes, UserInfoService } from '../services/auth.ts';
import { nobodyIsKnown, nothingBehind } from './errors.ts';

/** Knows nobody but the plugin itself. */
export function noopAuth(pluginId: string): AuthService {
  return {
    authenticate: () => Promise.reject(nobodyIsKnown()),
    isPrincipal: isPrincipal as AuthService['isPrincipal'],
    getNoneCredentials: async () => credentialsOf({ type: 'none' }),
    getOwnServiceCredentials: async () => credentialsOf({ type: 'service', subject: `plugin:${pluginId}` }),
    getPluginRequestToken: async () => ({ token: '' }),
    getLimitedUserToken: () => Promise.reject(nothingBehind('auth')),
    listPublicServiceKeys: async () => ({ keys: [] }),
  };
}

/** Every request comes from nobody. */
export function noopHttpAuth(): HttpAuthService {
  return {
    async credentials(_request, { allow } = {}) {
      const allowed: readonly string[] = allow ?? ['none'];
      if (!allowed.includes('none') && !allowed.includes('unknown')) throw nobodyIsKnown();
      // The caller allows 'none', which the type parameter cannot tell.
      return credentialsOf({ type: 'none' }) as Credentials<never>;
    },
    issueUserCookie: () => Promise.reject(nothingBehind('httpAuth')),
  };
}

/** Knows no user. */
export function noopUserInfo(): UserInfoService {
  return { getUserInfo: () => Promise.reject(nobodyIsKnown()) };
}

function isPrincipal(credentials: Credentials, type: keyof PrincipalTypes): boolean {
  return type === 'unknown' || (credentials.principal as { type?: unknown }).type === type;
}

function credentialsOf<TPrincipal>(principal: TPrincipal): Credentials<TPrincipal> {
  return { $$type: '@backstage/BackstageCredentials', principal };
}
