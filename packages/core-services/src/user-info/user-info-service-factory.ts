import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultUserInfoService } from './default-user-info-service.ts';
import { fetchOwnership } from './user-info-request.ts';

/** The plugin that signs users in. */
const AUTH_PLUGIN = 'auth';

/** Provides {@link coreServices.userInfo}. */
export const userInfoServiceFactory = createServiceFactory({
  service: coreServices.userInfo,
  deps: { discovery: coreServices.discovery },
  async createRootContext() {
    const { LRUCache } = await import('lru-cache');
    return new LRUCache<string, Promise<readonly string[]>>({ max: 1_000, ttl: 5_000 });
  },
  factory: ({ discovery }, answers) =>
    new DefaultUserInfoService({
      answers,
      fetchOwnership: async (token) => fetchOwnership(await discovery.getBaseUrl(AUTH_PLUGIN), token),
    }),
});
