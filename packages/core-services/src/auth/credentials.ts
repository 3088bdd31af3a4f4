import type { Credentials, NonePrincipal, ServicePrincipal, UserPrincipal } from '@bulkhead/backend-plugin-api';

/** Any principal that there is. */
export type Principal = UserPrincipal | ServicePrincipal | NonePrincipal;

/** What credentials carry besides their principal. */
export interface CredentialsOptions {
  /** The token behind the credentials, for passing on. */
  readonly token?: string;
  /** When the token expires. */
  readonly expiresAt?: Date;
}

/** Credentials as this package makes them. Published Backstage packages refuse other versions than `v1`. */
interface VersionedCredentials<TPrincipal> extends Credentials<TPrincipal> {
  readonly version: 'v1';
  readonly token?: string;
}

/** Makes credentials. The token is not enumerable, so it is neither logged nor serialised by accident. */
export function createCredentials<TPrincipal extends Principal>(
  principal: TPrincipal,
  { token, expiresAt }: CredentialsOptions = {},
): Credentials<TPrincipal> {
  const credentials: VersionedCredentials<TPrincipal> = {
    $$type: '@backstage/BackstageCredentials',
    version: 'v1',
    principal,
    ...(expiresAt && { expiresAt }),
  };
  Object.defineProperties(credentials, {
    token: { value: token, enumerable: false },
    toString: { value: () => `credentials{${describePrincipal(principal)}}`, enumerable: false },
  });
  return credentials;
}

/** The token behind credentials that {@link createCredentials} made, if there is one. */
export function tokenOf(credentials: Credentials): string | undefined {
  return (credentials as VersionedCredentials<unknown>).token;
}

/** A principal in a few words, for messages: `service plugin:todo`. */
export function describePrincipal(principal: Principal): string {
  switch (principal.type) {
    case 'user':
      return principal.actor
        ? `user ${principal.userEntityRef} through ${principal.actor.subject}`
        : `user ${principal.userEntityRef}`;
    case 'service':
      return `service ${principal.subject}`;
    case 'none':
      return 'nobody';
  }
}
