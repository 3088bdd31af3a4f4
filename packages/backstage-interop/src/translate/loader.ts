import type { FeatureLoader, FeatureSource, RootServiceDeps } from '@bulkhead/backend-plugin-api';
import { viewServices } from '../views/views.ts';
import type { WireLoader } from '../wire/wire.ts';
import { translateServiceDeps } from './service-factory.ts';

/** The native form of a feature loader. What it yields may be of any protocol. */
export function translateLoader(wire: WireLoader): FeatureLoader {
  const { description = 'an unknown place', deps = {} } = wire;
  return {
    $$type: '@bulkhead/BackendFeature',
    type: 'loader',
    description: `loader ${description}`,
    deps: translateServiceDeps(deps) as RootServiceDeps,
    async load(resolved) {
      const loaded = (await wire.loader(viewServices(deps, resolved))) as Iterable<FeatureSource>;
      return [...loaded];
    },
  };
}
