import {
  executionContext,
  type ServiceFactory,
  type ServiceRef,
  type ServiceScope,
} from '@bulkhead/backend-plugin-api';
import { provideService } from '../provide-service.ts';

/** What every mock of a plugin-scoped service can be told. */
export interface MockPluginOptions {
  /** The plugin that the service serves. Defaults to `test`, and to the actual plugin in a factory. */
  readonly pluginId?: string;
}

/** Makes mocks of one service. */
export interface MockService<TService, TScope extends ServiceScope, TMock extends TService, TOptions> {
  /** Makes a mock that works on its own. */
  (options?: TOptions): TMock;
  /**
   * A factory for a test backend.
   *
   * @param given - a mock that you hold and that everybody gets, so that you can look at its calls; or options, with
   *   which each plugin (or the process) gets a mock of its own
   */
  factory(given?: TMock | TOptions): ServiceFactory<TService, TScope>;
}

/** Maker of the mock of a service that exists once per process. */
export function mockRootService<TService extends object, TMock extends TService, TOptions extends object>(
  service: ServiceRef<TService, 'root'>,
  create: (options: TOptions) => TMock,
): MockService<TService, 'root', TMock, TOptions> {
  return withFactory(service, create, (options) => ({
    $$type: '@bulkhead/BackendFeature',
    type: 'service',
    service,
    deps: {},
    factory: async () => create(options),
  }));
}

/** Maker of the mock of a service that each plugin has for itself; `create` learns the plugin's id. */
export function mockPluginService<TService extends object, TMock extends TService, TOptions extends MockPluginOptions>(
  service: ServiceRef<TService, 'plugin'>,
  create: (options: TOptions) => TMock,
): MockService<TService, 'plugin', TMock, TOptions> {
  return withFactory(service, create, (options) => ({
    $$type: '@bulkhead/BackendFeature',
    type: 'service',
    service,
    // Not from pluginMetadata, which is one of the mocked services: factories run in the context of their plugin.
    deps: {},
    factory: async () => create({ pluginId: executionContext.current()?.pluginId, ...options }),
  }));
}

function withFactory<
  TService extends object,
  TScope extends ServiceScope,
  TMock extends TService,
  TOptions extends object,
>(
  service: ServiceRef<TService, TScope>,
  create: (options: TOptions) => TMock,
  createFactory: (options: TOptions) => ServiceFactory<TService, TScope>,
): MockService<TService, TScope, TMock, TOptions> {
  const made = new WeakSet<object>();
  const isMock = (value: object): value is TMock => made.has(value);
  // Every option has a default, so no options are options.
  const none = {} as TOptions;
  const make = (options: TOptions = none): TMock => {
    const mock = create(options);
    made.add(mock);
    return mock;
  };
  const factory = (given: TOptions | TMock = none): ServiceFactory<TService, TScope> =>
    isMock(given) ? provideService(service, given) : createFactory(given);
  return Object.assign(make, { factory });
}
