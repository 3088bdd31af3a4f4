import {
  coreServices,
  createBackendFeatureLoader,
  type FeatureLoader,
  type FeatureSource,
  type RootLoggerService,
} from '@bulkhead/backend-plugin-api';
import { discoveryFailed } from '../errors.ts';
import { findInstalledPackage, findPackageDir, type InstalledPackage } from './installed-package.ts';
import { readSelection } from './package-selection.ts';
import { resolveEntries } from './resolve-entries.ts';

/** Roles of packages whose default export may be a feature. A host among the dependencies would start when imported. */
const ROLES: readonly string[] = ['backend-plugin', 'backend-plugin-module', 'node-library'];

/** What {@link createDiscoveryFeatureLoader} takes. */
export interface DiscoveryFeatureLoaderOptions {
  /** A folder in the package whose dependencies are meant. Default: that of the file with which Node.js was started. */
  readonly hostDir?: string;
}

/**
 * Makes a loader that installs what the host's package depends on: the default exports of packages, and of their
 * `/alpha` entries, that are features. `backend.packages` in the configuration says of which packages; without it, of
 * none. A feature that is met twice is installed once.
 *
 * Only packages are imported whose package.json calls them a plugin, a module or a library for Node.js, in
 * `bulkhead.role` or `backstage.role`.
 */
export function createDiscoveryFeatureLoader({ hostDir }: DiscoveryFeatureLoaderOptions = {}): FeatureLoader {
  const loader = createBackendFeatureLoader({
    deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
    async loader({ config, logger }) {
      const select = readSelection(config);
      if (!select) return [];
      const from = findPackageDir(hostDir ?? process.argv[1] ?? process.cwd());
      return discover(findInstalledPackage(from), { from, select, logger });
    },
  });
  return { ...loader, description: 'discoveryFeatureLoader' };
}

/** Installs what the host's package depends on, as far as `backend.packages` says. */
export const discoveryFeatureLoader: FeatureLoader = createDiscoveryFeatureLoader();

interface Discovery {
  readonly from: string;
  readonly select: (dependencies: readonly string[]) => readonly string[];
  readonly logger: RootLoggerService;
}

/** One source for each feature, and a rejected one for each package that cannot be looked into: all faults count. */
async function discover(host: InstalledPackage, { from, select, logger }: Discovery): Promise<FeatureSource[]> {
  const found = new Set<unknown>();
  const sources: FeatureSource[] = [];
  const names = select(Object.keys(host.dependencies));
  const results = await Promise.allSettled(names.map((name) => importDefaults(name, from)));
  for (const [index, result] of results.entries()) {
    if (result.status === 'rejected') {
      const failure = Promise.reject<never>(discoveryFailed(names[index]!, result.reason));
      // Whoever awaits it later hears of it.
      failure.catch(() => {});
      sources.push(failure);
      continue;
    }
    const features = [...new Set(result.value)].filter((value) => isFeature(value) && !found.has(value));
    features.forEach((feature) => found.add(feature));
    sources.push(...(features as FeatureSource[]));
    if (features.length > 0) logger.info(`Discovered ${names[index]}`);
  }
  return sources;
}

/** The default exports of a package, if it is one that may have a feature. */
async function importDefaults(name: string, from: string): Promise<readonly unknown[]> {
  const installed = findInstalledPackage(from, name);
  if (!installed.roles.some((role) => ROLES.includes(role))) return [];
  const entries = resolveEntries(installed, from);
  const modules = await Promise.all(entries.map(async (url) => (await import(url)) as { default?: unknown }));
  return modules.map(unwrapDefault);
}

/** A CommonJS module is the default export of what `import()` gives, and may have a default export of its own. */
function unwrapDefault({ default: value }: { readonly default?: unknown }): unknown {
  const isModule = typeof value === 'object' && value !== null && !('$$type' in value) && 'default' in value;
  return isModule ? value.default : value;
}

/** Told by its mark, of whichever protocol: the runtime looks at it more closely. */
function isFeature(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const { $$type: mark } = value as { readonly $$type?: unknown };
  return typeof mark === 'string' && /^@[\w-]+\/BackendFeature(?:Factory)?$/.test(mark);
}
