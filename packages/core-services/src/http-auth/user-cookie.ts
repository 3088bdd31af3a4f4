import type { IncomingMessage } from 'node:http';

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
