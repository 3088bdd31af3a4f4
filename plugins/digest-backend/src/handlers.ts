import type { Credentials, ServicePrincipal, UserPrincipal } from '@bulkhead/backend-plugin-api';
import type { DigestHandlers } from './generated/types.ts';
import type { DigestService } from './service/digest-service.ts';

/** The operations of `openapi.yaml`. */
export function createHandlers(digests: DigestService): DigestHandlers {
  return {
    listDigests: async ({ query, credentials }) => {
      const { limit, cursor: before } = query;
      const { digests: items, next } = await digests.list({ owner: ownerOf(credentials), limit, before });
      return { status: 200, body: { items: [...items], ...(next !== undefined && { nextCursor: next }) } };
    },

    makeDigest: async ({ credentials }) => ({
      status: 200,
      body: await digests.make(ownerOf(credentials), credentials),
    }),

    getDigest: async ({ path, credentials }) => ({
      status: 200,
      body: await digests.get(ownerOf(credentials), path.date),
    }),
  };
}

/** Whose digests a caller sees. */
export function ownerOf({ principal }: Credentials<UserPrincipal | ServicePrincipal>): string {
  return principal.type === 'user' ? principal.userEntityRef : principal.subject;
}
