import type { DiscoveryService, LoggerService } from '@bulkhead/backend-plugin-api';
import type { IssuersOptions } from './issuers.ts';
import type { TokenHandler } from './token-handler.ts';

/** What {@link createHostUserHandler} stands on. */
export interface HostUserHandlerOptions extends Pick<IssuersOptions, 'host' | 'ownUrl' | 'topology'> {
  readonly discovery: DiscoveryService;
  readonly logger: LoggerService;
}

/** Understands the tokens of users for endpoints of the host, which belong to no plugin. */
export function createHostUserHandler({ discovery, ...options }: HostUserHandlerOptions): TokenHandler {
  const create = async (): Promise<TokenHandler> => {
    const [{ LRUCache }, { Issuers }, { UserTokenHandler }] = await Promise.all([
      import('lru-cache'),
      import('./issuers.ts'),
      import('./user-token-handler.ts'),
    ]);
    const issuers = new Issuers({
      ...options,
      // Nobody asks for the keys of plugins here.
      keys: { findPublicKey: async () => undefined },
      createCache: (max) => new LRUCache({ max }),
    });
    return new UserTokenHandler({ issuers, discovery, logger: options.logger });
  };
  let handler: Promise<TokenHandler> | undefined;
  return { verify: async (token) => (await (handler ??= create())).verify(token) };
}
