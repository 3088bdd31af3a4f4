import type { DiscoveryService } from '@bulkhead/backend-plugin-api';
import { mockServices, type MockLogger } from '@bulkhead/backend-test-utils';
import { LRUCache } from 'lru-cache';
import { DefaultAuthService } from '../../src/auth/index.ts';
import { Issuers } from '../../src/auth/issuers.ts';
import { PluginTokenHandler } from '../../src/auth/plugin-token-handler.ts';
import { UserTokenHandler } from '../../src/auth/user-token-handler.ts';
import { VerifiedTokens } from '../../src/auth/verified-tokens.ts';
import type { KeySetLimits } from '../../src/plugin-keys/key-set.ts';

/** What a {@link Verifier} is made of. */
export interface VerifierOptions {
  /** The base URL of each plugin; `undefined`: it is not known. */
  readonly baseUrlOf: (pluginId: string) => string | undefined;
  readonly limits?: Partial<KeySetLimits>;
  readonly requestTimeout?: number;
}

/** The `auth` of the plugin `todo`, which runs in a process without other plugins. */
export interface Verifier {
  readonly auth: DefaultAuthService;
  readonly logger: MockLogger;
  /** The code with which a token is refused; `undefined` if it is not. */
  refusalOf(token: string): Promise<string | undefined>;
}

/** Milliseconds between two questions to an issuer, at the least. Short, so that tests need not wait. */
export const COOLDOWN = 50;

const OWN_URL = 'http://127.0.0.1:1';

/** Makes one with short pauses: see {@link COOLDOWN}. */
export function createVerifier({ baseUrlOf, limits, requestTimeout = 3_000 }: VerifierOptions): Verifier {
  const logger = mockServices.rootLogger();
  const getBaseUrl = async (id: string): Promise<string> => baseUrlOf(id) ?? `${OWN_URL}/api/${id}`;
  const discovery: DiscoveryService = { getBaseUrl, getExternalBaseUrl: getBaseUrl };
  const issuers = new Issuers({
    host: { getPlugin: () => undefined },
    keys: { findPublicKey: async () => undefined },
    topology: { locate: () => undefined },
    ownUrl: OWN_URL,
    logger,
    createCache: (max) => new LRUCache({ max }),
    limits: { cooldown: COOLDOWN, maxCooldown: 4 * COOLDOWN, ...limits },
    requestLimits: { timeout: requestTimeout, maxSize: 64 * 1024 },
  });
  const users = new UserTokenHandler({ issuers, discovery, logger });
  const auth = new DefaultAuthService({
    pluginId: 'todo',
    tokenHandlers: [new PluginTokenHandler({ pluginId: 'todo', issuers, discovery, logger, users }), users],
    isDefaultPolicyDisabled: false,
    verified: new VerifiedTokens(new LRUCache({ max: 1_000 })),
  });
  return {
    auth,
    logger,
    refusalOf: (token) =>
      auth.authenticate(token).then(
        () => undefined,
        (error: { code: string }) => error.code,
      ),
  };
}
