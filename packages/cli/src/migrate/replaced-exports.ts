/** The package whose place the host takes. */
export const BACKSTAGE_DEFAULTS = '@backstage/backend-defaults';
/** What takes its place. */
export const BULKHEAD_DEFAULTS = '@bulkhead/backend-defaults';
/** What runs plugins made for Backstage. */
export const BULKHEAD_INTEROP = '@bulkhead/backstage-interop';

/** The command that starts and inspects the new host. */
export const BULKHEAD_CLI = '@bulkhead/cli';

/** Exports of Backstage's host package that the new one has, too. */
export const SAME_EXPORTS: readonly string[] = ['createBackend', 'discoveryFeatureLoader'];

/** Packages of the old backend system, and of ways to make a host other than `createBackend()`. */
export const HOST_PACKAGES: Readonly<Record<string, string>> = {
  '@backstage/backend-common':
    'This is the old backend system. Move to `backend.add(import(…))` first, as the documentation of Backstage shows; every published plugin offers it.',
  '@backstage/backend-app-api':
    'Write `createBackend()` of @bulkhead/backend-defaults, and add your own factories with `backend.add(factory)`.',
  '@backstage/backend-dynamic-feature-service':
    'Install the packages as dependencies, and add the `discoveryFeatureLoader` of @bulkhead/backend-defaults.',
};

const DEFAULT_HINT =
  'The host brings its own. Remove it, or override the service with a factory of your own: createServiceFactory({ service, deps, factory }).';

/** What to do instead, by the name of the export. */
const HINTS: Readonly<Record<string, string>> = {
  rootHttpRouterServiceFactory:
    'The server is configured: backend.listen, .cors, .csp, .https, .server, .trustProxy. Mount routes of your own with coreServices.rootHttpRouter in a plugin.',
  rootHealthServiceFactory: 'Health is told per plugin already. Remove it.',
  rootLoggerServiceFactory: 'The log is configured: backend.logger.level, .levels, .overrides, .format, .meta.',
  rootConfigServiceFactory: 'Files are chosen with --config, BULKHEAD_ENV or BACKSTAGE_ENV. Remove it.',
  databaseServiceFactory: 'The database is configured: backend.database. Remove it.',
  cacheServiceFactory: 'The cache is configured: backend.cache. Remove it.',
  discoveryServiceFactory: 'Where plugins run is configured: topology, or discovery.endpoints. Remove it.',
  schedulerServiceFactory: 'The scheduler is configured: backend.scheduler. Remove it.',
  HostDiscovery: 'Ask for coreServices.discovery in `deps` instead of making one.',
  DatabaseManager: 'Ask for coreServices.database in `deps` instead of making one.',
  CacheManager: 'Ask for coreServices.cache in `deps` instead of making one.',
  UrlReaders: 'Ask for coreServices.urlReader in `deps` instead of making one.',
  WinstonLogger: 'Ask for coreServices.rootLogger in `deps` instead of making one.',
  MiddlewareFactory: 'Error bodies and the access log come with the host. Remove it.',
  useHotMemoize: '`bulkhead start --watch` restarts the host when its code changes. Remove it.',
  loadBackendConfig: 'Ask for coreServices.rootConfig in `deps` instead of loading it.',
  legacyPlugin: 'Add the plugin itself, with backend.add(import(…)): every published plugin offers that.',
  makeLegacyPlugin: 'Add the plugin itself, with backend.add(import(…)): every published plugin offers that.',
  createLegacyAuthAdapters: 'Ask for coreServices.auth and coreServices.httpAuth in `deps`.',
};

/** What to do instead of taking a name from a package that stays behind. */
export function insteadOf(name: string, specifier: string): string {
  const hint = HINTS[name];
  if (hint !== undefined) return hint;
  return HOST_PACKAGES[packageOf(specifier)] ?? DEFAULT_HINT;
}

/** The package of a specifier: `@scope/name` of `@scope/name/part`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * Whether a name can be taken from Backstage's host package all the same: names of services are known by their ids, so
 * those from there lead to the services of this host.
 */
export function isNameOnly(name: string, isType: boolean): boolean {
  return isType || /ServiceRef$/.test(name);
}
