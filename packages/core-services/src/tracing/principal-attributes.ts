import type { Credentials } from '@bulkhead/backend-plugin-api';
import type { Attributes } from '@opentelemetry/api';

/**
 * What a span says of those on whose behalf the work is done.
 *
 * @param captureEndUser - whether it may say who they are, and not only what
 */
export function principalAttributes(credentials: Credentials | undefined, captureEndUser: boolean): Attributes {
  const principal = (credentials?.principal ?? {}) as {
    readonly type?: string;
    readonly userEntityRef?: string;
    readonly subject?: string;
  };
  const { type } = principal;
  if (!type) return {};
  const endUser = type === 'user' ? principal.userEntityRef : type === 'service' ? principal.subject : undefined;
  return {
    'backstage.principal.type': type,
    ...(captureEndUser && endUser !== undefined && { 'enduser.id': endUser }),
  };
}
