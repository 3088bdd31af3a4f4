import {
  createBackendModule,
  createBackendPlugin,
  type BackendFeature,
  type ExtensionPoint,
  type ModuleFeature,
} from '@bulkhead/backend-plugin-api';
import type { AddOptions, FeatureInput } from '@bulkhead/backend-runtime';
import { ambiguousExtensionPoint, unusedExtensionPoint } from '../errors.ts';

/** What a test installs: whatever `backend.add()` takes, or that with the id to install it under. */
export type TestFeature = FeatureInput | InstalledTestFeature;

/** A feature with the id of the plugin under which it is installed, or which it joins. */
export interface InstalledTestFeature extends AddOptions {
  readonly feature: FeatureInput;
}

/** An extension point with what a test offers for it; what is left out is not there. */
export type FakeExtensionPoint<T = unknown> = readonly [extensionPoint: ExtensionPoint<T>, implementation: Partial<T>];

/** What is given to `backend.add()`. */
export interface Addition {
  readonly feature: FeatureInput;
  readonly options: AddOptions;
}

/** A module, and the id of the plugin that it joins. */
interface JoiningModule {
  readonly pluginId: string;
  readonly feature: ModuleFeature;
}

/**
 * The given features, and those that a test can do without writing: an empty plugin for modules that come without
 * theirs, and the fake extension points.
 *
 * @param features - what the test installs; each import is awaited once
 * @throws BulkheadError `ERR_TEST_EXTENSION_POINT_UNUSED`, `ERR_TEST_EXTENSION_POINT_AMBIGUOUS`
 */
export async function completeFeatures(
  features: readonly TestFeature[],
  options: { readonly extensionPoints: readonly FakeExtensionPoint[]; readonly emptyPlugins: boolean },
): Promise<Addition[]> {
  const additions = features.map(toAddition);
  const known = await Promise.all(additions.map(async (addition) => ({ addition, feature: await peek(addition) })));
  const installed = new Set<string>();
  const modules: JoiningModule[] = [];
  for (const { addition, feature } of known) {
    if (feature?.type === 'plugin') installed.add(addition.options.pluginId ?? feature.pluginId);
    if (feature?.type === 'module') modules.push({ pluginId: addition.options.pluginId ?? feature.pluginId, feature });
  }
  const fakes = groupByPlugin(options.extensionPoints, modules);
  // A loader may bring the plugin; only the host finds out.
  const hasLoader = known.some(({ feature }) => feature?.type === 'loader');
  const orphaned = new Set(modules.map(({ pluginId }) => pluginId).filter((id) => !installed.has(id)));
  const empty = options.emptyPlugins && !hasLoader ? [...orphaned] : [];
  const offered = [...fakes].filter(([pluginId]) => !empty.includes(pluginId));
  return [
    ...additions,
    ...empty.map((pluginId) => toAddition(createEmptyPlugin(pluginId, fakes.get(pluginId) ?? []))),
    ...offered.map(([pluginId, points]) => toAddition(createOfferingModule(pluginId, points))),
  ];
}

function toAddition(given: TestFeature): Addition {
  const { feature, ...options } = isInstalled(given) ? given : { feature: given };
  // Called here, so that the host and this kit look at the same import.
  const source = typeof feature === 'function' && !('$$type' in feature) ? Promise.resolve().then(feature) : feature;
  if (source instanceof Promise) source.catch(() => {});
  return { feature: source, options };
}

function isInstalled(given: TestFeature): given is InstalledTestFeature {
  return typeof given === 'object' && 'feature' in given && !('$$type' in given);
}

/** The feature behind an addition; `undefined` when it cannot be had, which the host reports better. */
async function peek({ feature }: Addition): Promise<BackendFeature | undefined> {
  try {
    let value: unknown = await feature;
    while (!isFeature(value) && isRecord(value) && 'default' in value) value = value.default;
    return isFeature(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFeature(value: unknown): value is BackendFeature {
  return isRecord(value) && value.$$type === '@bulkhead/BackendFeature';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function groupByPlugin(
  fakes: readonly FakeExtensionPoint[],
  modules: readonly JoiningModule[],
): Map<string, FakeExtensionPoint[]> {
  const uses = modules.map(({ pluginId, feature }) => ({ pluginId, ids: extensionPointsUsedBy(feature) }));
  const grouped = new Map<string, FakeExtensionPoint[]>();
  for (const fake of fakes) {
    const { id } = fake[0];
    const [pluginId, ...others] = new Set(uses.filter(({ ids }) => ids.has(id)).map((use) => use.pluginId));
    if (pluginId === undefined) throw unusedExtensionPoint(id);
    if (others.length > 0) throw ambiguousExtensionPoint(id, [pluginId, ...others]);
    grouped.set(pluginId, [...(grouped.get(pluginId) ?? []), fake]);
  }
  return grouped;
}

/** Looks into a registration of its own: the host makes another, with fresh closures. */
function extensionPointsUsedBy(module: ModuleFeature): Set<string> {
  try {
    const deps = Object.values(module.getRegistration().init.deps);
    return new Set(deps.filter(({ $$type }) => $$type === '@bulkhead/ExtensionPoint').map(({ id }) => id));
  } catch {
    // What is wrong with it, the host says.
    return new Set();
  }
}

function createEmptyPlugin(pluginId: string, fakes: readonly FakeExtensionPoint[]): BackendFeature {
  return createBackendPlugin({
    pluginId,
    register(env) {
      for (const [extensionPoint, implementation] of fakes) {
        env.registerExtensionPoint<unknown>(extensionPoint, implementation);
      }
      env.registerInit({ deps: {}, init: async () => {} });
    },
  });
}

function createOfferingModule(pluginId: string, fakes: readonly FakeExtensionPoint[]): BackendFeature {
  return createBackendModule({
    pluginId,
    moduleId: 'test-extension-points',
    register(env) {
      for (const [extensionPoint, implementation] of fakes) {
        env.registerExtensionPoint<unknown>(extensionPoint, implementation);
      }
      env.registerInit({ deps: {}, init: async () => {} });
    },
  });
}
