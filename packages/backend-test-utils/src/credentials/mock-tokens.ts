import type { ServiceAccessRestrictions } from '@bulkhead/backend-plugin-api';

/**
 * What a mock token says. On the wire it is text that people can read:
 * `mock-user-token?sub=user:default/ada`, `mock-service-token?sub=plugin:todo&aud=example`.
 */
export type MockToken = MockUserToken | MockServiceToken;

/** Proves that somebody is a user. */
export interface MockUserToken {
  readonly type: 'user';
  readonly userEntityRef: string;
  /** Permits little: the kind of token that is kept in a cookie. */
  readonly limited?: boolean;
}

/** Proves that somebody is a plugin or an external caller. */
export interface MockServiceToken {
  readonly type: 'service';
  readonly subject: string;
  /** The only plugin that accepts the token; without one, all do. */
  readonly targetPluginId?: string;
  /** The user on whose behalf the service calls. */
  readonly onBehalfOf?: string;
  readonly accessRestrictions?: ServiceAccessRestrictions;
}

const PREFIXES = {
  user: 'mock-user-token?',
  limitedUser: 'mock-limited-user-token?',
  service: 'mock-service-token?',
} as const;

/** The token as text, fit for headers and cookies. */
export function formatMockToken(token: MockToken): string {
  if (token.type === 'user') {
    return (token.limited ? PREFIXES.limitedUser : PREFIXES.user) + formatFields({ sub: token.userEntityRef });
  }
  const { subject, targetPluginId, onBehalfOf, accessRestrictions } = token;
  const restrictions = accessRestrictions && JSON.stringify(accessRestrictions);
  return PREFIXES.service + formatFields({ sub: subject, aud: targetPluginId, obo: onBehalfOf, restrictions });
}

/** What a text says, or `undefined` when it is no mock token. */
export function parseMockToken(text: string): MockToken | undefined {
  const kind = (Object.keys(PREFIXES) as (keyof typeof PREFIXES)[]).find((key) => text.startsWith(PREFIXES[key]));
  if (!kind) return undefined;
  const fields = new URLSearchParams(text.slice(PREFIXES[kind].length));
  const subject = fields.get('sub');
  if (!subject) return undefined;
  if (kind !== 'service') {
    return { type: 'user', userEntityRef: subject, ...(kind === 'limitedUser' && { limited: true }) };
  }
  const targetPluginId = fields.get('aud');
  const onBehalfOf = fields.get('obo');
  const restrictions = fields.get('restrictions');
  return {
    type: 'service',
    subject,
    ...(targetPluginId && { targetPluginId }),
    ...(onBehalfOf && { onBehalfOf }),
    ...(restrictions && { accessRestrictions: JSON.parse(restrictions) as ServiceAccessRestrictions }),
  };
}

function formatFields(fields: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  // Colons and slashes are harmless in headers and cookies, and entity refs are full of them.
  return new URLSearchParams(present).toString().replaceAll('%3A', ':').replaceAll('%2F', '/');
}
