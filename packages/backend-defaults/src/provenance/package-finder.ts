import type { FeaturePackage, PackageFinder } from '@bulkhead/backend-runtime';
import { LoadedModules } from './loaded-modules.ts';
import { dependenciesOf, packageOfFile } from './manifests.ts';

/**
 * Finds out which package a feature came from: by the place where it was made, if it tells; else by the module that
 * exports it; else by the manifests of what the host depends on.
 *
 * @param hostDir - a folder in the host's package.
 */
export function createPackageFinder(hostDir: string): PackageFinder {
  const loaded = new LoadedModules();
  let dependencies: readonly FeaturePackage[] | undefined;
  return {
    ofFeature(feature, owner) {
      const file = placeOf(feature) ?? loaded.fileOf(feature);
      if (file !== undefined) return packageOfFile(file);
      if (!owner) return undefined;
      dependencies ??= dependenciesOf(hostDir);
      const { pluginId, moduleId } = owner;
      return dependencies.find((each) => each.pluginId === pluginId && each.moduleId === moduleId);
    },
    ofServiceRef(id) {
      const ref = loaded.find((value) => value.id === id && String(value.$$type).endsWith('/ServiceRef'));
      const file = loaded.fileOf(ref);
      return file === undefined ? undefined : packageOfFile(file);
    },
  };
}

/** The file in which an author called `createBackendPlugin`, if the feature knows. */
function placeOf(feature: unknown): string | undefined {
  const { declaredAt } = (feature ?? {}) as { readonly declaredAt?: unknown };
  return typeof declaredAt === 'string' ? declaredAt.replace(/:\d+:\d+$/, '') : undefined;
}
