import { coreServices, type ServiceFactory, type ServiceOf, type ServiceScope } from '@bulkhead/backend-plugin-api';
import { nearestName } from '@bulkhead/errors';
import { unknownCoreService } from '../errors.ts';
import { provideService } from '../provide-service.ts';

/** The name of a core service, as in `coreServices.<name>`. */
export type CoreServiceName = keyof typeof coreServices;

type InstanceOf<TName extends CoreServiceName> =
  ServiceOf<(typeof coreServices)[TName]> extends readonly (infer T)[] ? T : ServiceOf<(typeof coreServices)[TName]>;

/**
 * What stands in for core services, by name: an instance, which everybody gets, or a factory.
 *
 * @example
 * ```ts
 * const scheduler = mockServices.scheduler();
 * const services = { scheduler, cache: mockServices.cache.factory() };
 * ```
 */
export type ServiceOverrides = {
  readonly [Name in CoreServiceName]?: InstanceOf<Name> | ServiceFactory<InstanceOf<Name>, ServiceScope>;
};

/**
 * The overrides as features.
 *
 * @throws BulkheadError `ERR_TEST_UNKNOWN_SERVICE`
 */
export function toServiceFactories(overrides: ServiceOverrides): ServiceFactory[] {
  return Object.entries(overrides)
    .filter(([, given]) => given !== undefined)
    .map(([name, given]) => {
      if (isServiceFactory(given)) return given;
      if (!Object.hasOwn(coreServices, name)) {
        throw unknownCoreService(name, nearestName(name, Object.keys(coreServices)));
      }
      return provideService<unknown, ServiceScope>(coreServices[name as CoreServiceName], given);
    });
}

function isServiceFactory(value: unknown): value is ServiceFactory {
  const { $$type, type } = value as { readonly $$type?: unknown; readonly type?: unknown };
  return $$type === '@bulkhead/BackendFeature' && type === 'service';
}
