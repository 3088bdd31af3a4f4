import { coreServices, type ServiceFactory, type ServiceRef } from '@bulkhead/backend-plugin-api';
import { ServiceContainer } from '@bulkhead/backend-runtime';
import { mockServices } from './mock-services/index.ts';
import { stopAfterTests } from './stop-after-tests.ts';
import { toServiceFactories, type ServiceOverrides } from './test-backend/service-overrides.ts';

/** What a factory under test gets. */
export interface ServiceTesterOptions {
  /** What stands in for core services, by name: instances, which all plugins share, or factories. Default: mocks. */
  readonly services?: ServiceOverrides;
  /** Factories of other services that the one under test needs. */
  readonly deps?: readonly ServiceFactory[];
}

/** Makes services from a factory under test. */
export interface ServiceTester<TService> extends AsyncDisposable {
  /** The instance of a plugin, `test` unless said otherwise; always the same one. Ignores the id for root services. */
  get(pluginId?: string): Promise<TService>;
  /** Another service of the same surroundings, for example one that the service under test has used. */
  getService<TOther>(ref: ServiceRef<TOther>, pluginId?: string): Promise<TOther | undefined>;
  /** Disposes of all instances that can be disposed of. Happens by itself after the test file. */
  stop(): Promise<void>;
}

/** The plugin that a service is made for when a test names none. */
const DEFAULT_PLUGIN = 'test';

/**
 * Surrounds a factory with mocks of the core services, to test what it makes for several plugins.
 *
 * @example
 * ```ts
 * const tester = createServiceTester(cacheServiceFactory);
 * await (await tester.get('a')).set('key', 1);
 * expect(await (await tester.get('b')).get('key')).toBeUndefined();
 * ```
 */
export function createServiceTester<TService>(
  factory: ServiceFactory<TService>,
  options: ServiceTesterOptions = {},
): ServiceTester<TService> {
  const overrides = toServiceFactories(options.services ?? {});
  // The last factory of a service wins.
  const container = new ServiceContainer([...createMocks(), ...overrides, ...(options.deps ?? []), factory]);
  const forget = stopAfterTests(() => container.dispose());
  const stop = async (): Promise<void> => {
    forget();
    await container.dispose();
  };
  return {
    get: async (pluginId = DEFAULT_PLUGIN) => (await container.get(factory.service, pluginId)) as TService,
    getService: (ref, pluginId = DEFAULT_PLUGIN) => container.get(ref, pluginId),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/**
 * What a factory makes for one plugin, surrounded by mocks of the core services.
 *
 * @example
 * ```ts
 * const logger = mockServices.logger();
 * const mailer = await resolveService(mailerServiceFactory, { services: { logger } });
 * ```
 */
export async function resolveService<TService>(
  factory: ServiceFactory<TService>,
  options: ServiceTesterOptions & { readonly pluginId?: string } = {},
): Promise<TService> {
  return createServiceTester(factory, options).get(options.pluginId);
}

function createMocks(): ServiceFactory[] {
  const makers = Object.values(mockServices) as readonly { factory(): ServiceFactory }[];
  const factories = makers.map((maker) => maker.factory());
  // Nothing depends on the readiness unless the test says so.
  return factories.filter(({ service }) => service.id !== coreServices.rootHealthIndicators.id);
}
