import { createServiceFactory, createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import type { PluginKeysService } from '../plugin-keys/plugin-keys-service.ts';
import { invalidToken } from './errors.ts';
import { toLimitedUserToken } from './limited-user-token.ts';
import { PluginTokenIssuer, type PluginTokenIssuerOptions } from './plugin-token-issuer.ts';
import type { TokenHandler, VerifiedToken } from './token-handler.ts';

/** Verifies and issues the tokens with which plugins call each other. */
export interface PluginTokens {
  /** `undefined` when the token is of another kind. */
  verifyToken(token: string): Promise<{ readonly subject: string; readonly limitedUserToken?: string } | undefined>;
  issueToken(options: {
    readonly pluginId: string;
    readonly targetPluginId: string;
    readonly onBehalfOf?: { readonly limitedUserToken: string; readonly expiresAt: Date };
  }): Promise<{ readonly token: string }>;
}

/** Makes something else of what verifies and issues tokens between plugins. */
export type PluginTokensDecorator = (defaultImplementation: PluginTokens) => PluginTokens;

/** The one that stands for none. */
const keepPluginTokens: PluginTokensDecorator = (tokens) => tokens;

/** A factory for this ref decorates the tokens between plugins. */
export const pluginTokenHandlerDecoratorServiceRef: ServiceRef<PluginTokensDecorator, 'plugin', 'singleton'> =
  createServiceRef<PluginTokensDecorator>({
    id: 'core.auth.pluginTokenHandlerDecorator',
    defaultFactory: async (service) => createServiceFactory({ service, deps: {}, factory: () => keepPluginTokens }),
  });

/** What verifies and issues tokens between plugins, of one plugin. */
export interface PluginTokenParts {
  readonly handler: TokenHandler;
  readonly issuer: Pick<PluginTokenIssuer, 'issue'>;
}

/** What {@link decoratePluginTokens} needs besides. */
export interface PluginTokenDecoration extends Omit<PluginTokenIssuerOptions, 'now' | 'keys'> {
  readonly keys: Pick<PluginKeysService, 'getSigningKey'>;
  readonly users: TokenHandler;
}

/** The same parts if there is no decorator, so that it costs nothing. */
export function decoratePluginTokens(
  parts: PluginTokenParts,
  decorate: PluginTokensDecorator,
  options: PluginTokenDecoration,
): PluginTokenParts {
  if (decorate === keepPluginTokens) return parts;
  const { pluginId, users } = options;
  const tokens = decorate(toPluginTokens(parts, options));
  return {
    handler: { verify: (token) => verify(tokens, users, token) },
    issuer: {
      async issue(targetPluginId, userToken) {
        const user = userToken === undefined ? undefined : toLimitedUserToken(userToken);
        const onBehalfOf = user && { limitedUserToken: user.token, expiresAt: user.expiresAt };
        return (await tokens.issueToken({ pluginId, targetPluginId, onBehalfOf })).token;
      },
    },
  };
}

async function verify(tokens: PluginTokens, users: TokenHandler, text: string): Promise<VerifiedToken | undefined> {
  const verified = await tokens.verifyToken(text);
  if (!verified) return undefined;
  const { subject, limitedUserToken } = verified;
  const actor = { type: 'service', subject } as const;
  if (!limitedUserToken) return { principal: actor };
  const user = await users.verify(limitedUserToken);
  if (user?.principal.type !== 'user') throw invalidToken();
  return { principal: { ...user.principal, actor }, expiresAt: user.expiresAt, token: limitedUserToken };
}

/** What a decorator gets to decorate. */
function toPluginTokens({ handler, issuer }: PluginTokenParts, options: PluginTokenDecoration): PluginTokens {
  return {
    async verifyToken(text) {
      const verified = await handler.verify(text);
      if (!verified) return undefined;
      const { principal, token } = verified;
      if (principal.type === 'service') return { subject: principal.subject };
      return { subject: principal.actor!.subject, limitedUserToken: token };
    },
    async issueToken({ pluginId, targetPluginId, onBehalfOf }) {
      const own = pluginId === options.pluginId ? issuer : new PluginTokenIssuer({ ...options, pluginId });
      return { token: await own.issue(targetPluginId, onBehalfOf?.limitedUserToken) };
    },
  };
}
