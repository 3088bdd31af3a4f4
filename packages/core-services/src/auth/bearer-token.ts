import type { IncomingMessage } from 'node:http';

const BEARER = /^Bearer[ ]+(\S+)$/i;

/** The token in an `Authorization: Bearer` header; other schemes are the plugin's own business. */
export function bearerTokenOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const { authorization } = headers;
  return authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
}
