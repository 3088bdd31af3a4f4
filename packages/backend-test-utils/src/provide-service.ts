import type { ServiceFactory, ServiceRef, ServiceScope } from '@bulkhead/backend-plugin-api';

/**
 * A factory that provides what you hold: one instance for the process and all its plugins. It stands in for the
 * service's own factory in a test backend.
 *
 * @example
 * ```ts
 * await startTestBackend({ features: [plugin, provideService(weatherRef, { forecast: async () => 'sunny' })] });
 * ```
 */
export function provideService<TService, TScope extends ServiceScope>(
  service: ServiceRef<TService, TScope>,
  instance: NoInfer<TService>,
): ServiceFactory<TService, TScope> {
  return {
    $$type: '@bulkhead/BackendFeature',
    type: 'service',
    service,
    deps: {},
    factory: async () => instance,
  };
}
