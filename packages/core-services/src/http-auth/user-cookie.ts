import type { IncomingMessage, ServerResponse } from 'node:http';

/** The cookie that holds the limited token of a user. The name is the one that Backstage front ends know. */
export const USER_COOKIE = 'backstage-auth';

/** The token in the cookie of a user. */
export function userCookieOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  for (const pair of headers.cookie?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (pair.slice(0, equals).trim() === USER_COOKIE) {
      return pair.slice(equals + 1).trim() || undefined;
    }
  }
  return undefined;
}

/** A cookie to be set. */
export interface UserCookie {
  /** Empty to have the cookie removed. */
  readonly token: string;
  readonly expiresAt: Date;
  /** The base URL under which browsers reach the plugin. */
  readonly externalUrl: string;
}

/**
 * Sets the cookie of a user. Pages of other sites get along with it only over HTTPS, as browsers demand; where the host
 * is reached without, it is kept to its own site. Scripts never see it.
 */
export function setUserCookie(res: ServerResponse, { token, expiresAt, externalUrl }: UserCookie): void {
  const { protocol, hostname } = new URL(externalUrl);
  const secure = protocol === 'https:' || hostname === 'localhost';
  const attributes = [
    `${USER_COOKIE}=${token}`,
    `Domain=${hostname}`,
    'Path=/',
    `Expires=${expiresAt.toUTCString()}`,
    'HttpOnly',
    ...(secure ? ['Secure', 'SameSite=None'] : ['SameSite=Lax']),
    'Priority=High',
  ];
  res.appendHeader('Set-Cookie', attributes.join('; '));
}
