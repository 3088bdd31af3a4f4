import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { clientsServiceRef } from '@bulkhead/openapi';
import { DefaultUserInfoService } from './default-user-info-service.ts';
import { fetchOwnership } from './user-info-request.ts';

/** The plugin that signs users in. */
const AUTH_PLUGIN = 'auth';

/** Provides {@link coreServices.userInfo}. */
export const userInfoServiceFactory = createServiceFactory({
  service: coreServices.userInfo,
  deps: { clients: clientsServiceRef },
  async createRootContext() {
    const { LRUCache } = await import('lru-cache');
    return new LRUCache<string, Promise<readonly string[]>>({ max: 1_000, ttl: 5_000 });
  },
  factory: ({ clients }, answers) =>
    new DefaultUserInfoService({
      answers,
      fetchOwnership: (token) => fetchOwnership(clients.connect(AUTH_PLUGIN), token),
    }),
});
