import { hash } from 'node:crypto';
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

/** Credentials with a token that is neither enumerated, logged nor serialised by accident. */
class TokenCredentials<TPrincipal extends Principal> implements Credentials<TPrincipal> {
  readonly $$type = '@backstage/BackstageCredentials';
  /** Published Backstage packages refuse other versions. */
  readonly version = 'v1';
  readonly principal: TPrincipal;
  declare readonly expiresAt?: Date;
  readonly #token: string | undefined;

  constructor(principal: TPrincipal, { token, expiresAt }: CredentialsOptions) {
    this.principal = principal;
    this.#token = token;
    if (expiresAt) {
      this.expiresAt = expiresAt;
    }
  }

  get token(): string | undefined {
    return this.#token;
  }

  toString(): string {
    return `backstageCredentials{${identify(this.principal)}}`;
  }
}

const NO_OPTIONS: CredentialsOptions = {};

/** Makes credentials. The token can be had from {@link tokenOf} only. */
export function createCredentials<TPrincipal extends Principal>(
  principal: TPrincipal,
  options: CredentialsOptions = NO_OPTIONS,
): Credentials<TPrincipal> {
  return new TokenCredentials(principal, options);
}

/** The token behind credentials, if there is one. Also knows credentials that other copies of this package made. */
export function tokenOf(credentials: Credentials): string | undefined {
  return (credentials as { readonly token?: string }).token;
}

/** Tells principals apart: published plugins use the text of credentials as a key of caches. */
function identify(principal: Principal): string {
  switch (principal.type) {
    case 'user':
      return `userPrincipal{${principal.userEntityRef}${principal.actor ? `,actor={${identify(principal.actor)}}` : ''}}`;
    case 'service': {
      const { subject, accessRestrictions } = principal;
      const restrictions = accessRestrictions && hash('sha256', JSON.stringify(accessRestrictions), 'base64');
      return `servicePrincipal{${subject}${restrictions ? `,accessRestrictions=${restrictions.replace(/=+$/, '')}` : ''}}`;
    }
    case 'none':
      return 'nonePrincipal';
  }
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
