import {
  coreServices,
  type AuthService,
  type PluginMetadataService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { defaultServiceFactories } from '@bulkhead/backend-defaults';
import {
  authServiceFactory,
  externalTokensServiceFactory,
  type ExternalCaller,
  type ExternalTokensService,
} from '@bulkhead/core-services/auth';
import { httpAuthServiceFactory } from '@bulkhead/core-services/http-auth';
import { principalOfMockToken } from '../credentials/mock-credentials.ts';
import { parseMockToken } from '../credentials/mock-tokens.ts';
import { MockTokenAuthService } from '../mock-services/auth.ts';
import { MockTokenHttpAuthService } from '../mock-services/http-auth.ts';

/**
 * The services of a real host, which also take the tokens of `mockCredentials`.
 *
 * @param replacements - stand in for the real services of the same ids
 */
export function createDefaultServices(replacements: readonly ServiceFactory[]): ServiceFactory[] {
  const factories = [...defaultServiceFactories, mockTokenAuth, mockTokenHttpAuth, mockExternalTokens, ...replacements];
  return [...new Map(factories.map((factory) => [factory.service.id, factory])).values()];
}

const mockTokenAuth: ServiceFactory = {
  ...authServiceFactory,
  deps: { ...authServiceFactory.deps, mockTokenPlugin: coreServices.pluginMetadata },
  factory: async (deps, rootContext) => {
    const { mockTokenPlugin } = deps as { readonly mockTokenPlugin: PluginMetadataService };
    return new MockTokenAuthService(mockTokenPlugin.getId(), await authServiceFactory.factory(deps, rootContext));
  },
};

const mockTokenHttpAuth: ServiceFactory = {
  ...httpAuthServiceFactory,
  deps: { auth: coreServices.auth },
  factory: async (deps) => new MockTokenHttpAuthService((deps as { readonly auth: AuthService }).auth),
};

/** The host's own endpoints know services only by the tokens in the configuration. */
const mockExternalTokens: ServiceFactory<ExternalTokensService, 'root'> = {
  ...externalTokensServiceFactory,
  factory: async (deps, rootContext) => {
    const real = await externalTokensServiceFactory.factory(deps, rootContext);
    return { ...real, find: async (token) => findMockService(token) ?? (await real.find(token)) };
  },
};

function findMockService(text: string): ExternalCaller | undefined {
  const token = parseMockToken(text);
  if (!token || (token.type === 'service' && (token.targetPluginId ?? token.accessRestrictions))) return undefined;
  const principal = principalOfMockToken(token);
  return principal.type === 'service' ? { subject: principal.subject } : undefined;
}
