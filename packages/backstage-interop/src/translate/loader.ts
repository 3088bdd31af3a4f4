import {
  createBackendFeatureLoader,
  type FeatureLoader,
  type LoadedFeatures,
  type RootServiceDeps,
} from '@bulkhead/backend-plugin-api';
import { viewServices } from '../views/views.ts';
import type { WireLoader } from '../wire/wire.ts';
import { translateServiceDeps } from './refs.ts';

/** The native form of a feature loader. What it yields, in whichever collection, may be of any protocol. */
export function translateLoader(wire: WireLoader): FeatureLoader {
  const { description = 'of an unknown place', deps = {} } = wire;
  const { load, ...native } = createBackendFeatureLoader({
    deps: translateServiceDeps(deps) as RootServiceDeps,
    loader: (resolved) => wire.loader(viewServices(deps, resolved)) as LoadedFeatures,
  });
  return { ...native, description: `loader ${description}`, load };
}
