import type { MaybePromise } from '@bulkhead/types';
import { captureCallSite } from './call-site.ts';
import type { BackendFeature, ForeignFeature } from './feature.ts';
import type { ResolvedDeps, RootServiceDeps } from './service-factory.ts';

/** A feature, or the module (possibly still loading) whose default export is one. */
export type FeatureSource = MaybePromise<Feature | { readonly default: Feature | { readonly default: Feature } }>;

type Feature = BackendFeature | ForeignFeature;

/** What a loader may return: one collection of features, however it comes. */
export type LoadedFeatures = MaybePromise<Iterable<FeatureSource> | AsyncIterable<FeatureSource> | void>;

/** A feature that yields further features, for example all plugins that the configuration names. */
export interface FeatureLoader {
  readonly $$type: '@bulkhead/BackendFeature';
  readonly type: 'loader';
  /** Names the loader in messages by the place where it was made. */
  readonly description: string;
  readonly deps: RootServiceDeps;
  /** Loads the features, in order. */
  load(deps: Readonly<Record<string, unknown>>): Promise<readonly FeatureSource[]>;
}

/** What {@link createBackendFeatureLoader} takes. */
export interface FeatureLoaderOptions<TDeps extends RootServiceDeps> {
  /** Loaders run before any plugin exists, so they can only depend on root services. */
  readonly deps?: TDeps;
  /** Returns the features: an array, an iterable, a generator or an async generator of features or modules. */
  loader(deps: ResolvedDeps<TDeps>): LoadedFeatures;
}

/**
 * Defines a feature that yields further features.
 *
 * @example
 * ```ts
 * export default createBackendFeatureLoader({
 *   deps: { config: coreServices.rootConfig },
 *   *loader({ config }) {
 *     if (config.getOptionalBoolean('todo.audit')) yield import('@acme/plugin-todo-backend-module-audit');
 *     yield import('@acme/plugin-todo-backend');
 *   },
 * });
 * ```
 */
export function createBackendFeatureLoader<TDeps extends RootServiceDeps = Record<never, never>>(
  options: FeatureLoaderOptions<TDeps>,
): FeatureLoader {
  const callSite = captureCallSite(createBackendFeatureLoader);
  return {
    $$type: '@bulkhead/BackendFeature',
    type: 'loader',
    get description() {
      return `loader created at ${callSite() ?? 'an unknown place'}`;
    },
    deps: options.deps ?? {},
    async load(deps) {
      const loaded = await options.loader(deps as ResolvedDeps<TDeps>);
      const sources: FeatureSource[] = [];
      // `for await` would also resolve promised items; they stay promises so that all imports run side by side.
      if (loaded && Symbol.asyncIterator in loaded) for await (const source of loaded) sources.push(source);
      else if (loaded) sources.push(...loaded);
      return sources;
    },
  };
}
