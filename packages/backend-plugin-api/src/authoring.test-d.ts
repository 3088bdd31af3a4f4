/**
 * What an author must not be able to write. Each expected error stands for a sentence in the editor; the last section holds the
 * words of those that carry their own.
 */
import type { Knex } from 'knex';
import {
  coreServices,
  createBackendFeatureLoader,
  createBackendModule,
  createBackendPlugin,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
  type LoggerService,
  type ModuleDeps,
  type PluginDeps,
  type ServiceFactory,
  type ServiceFactoryOptions,
} from './index.ts';

interface Listeners {
  add(name: string): void;
}
interface Greeter {
  greet(): string;
}

const listeners = createExtensionPoint<Listeners>({ id: 'todo.listeners' });
const greeterRef = createServiceRef<Greeter>({ id: 'todo.greeter' });
const rootGreeterRef = createServiceRef<Greeter>({ id: 'todo.rootGreeter', scope: 'root' });
const greetersRef = createServiceRef<Greeter>({ id: 'todo.greeters', multiton: true });
const { logger, rootLogger, rootConfig, database } = coreServices;
const greeter: Greeter = { greet: () => 'hi' };

function expectType<T>(value: T): T {
  return value;
}

createBackendPlugin({
  pluginId: 'todo',
  register(env) {
    env.registerExtensionPoint(listeners, { add() {} });
    env.registerExtensionPoint({ extensionPoint: listeners, factory: ({ moduleId }) => ({ add: () => moduleId }) });
    // @ts-expect-error an implementation that is none
    env.registerExtensionPoint(listeners, { add: 5 });
    // @ts-expect-error a factory that makes something else
    env.registerExtensionPoint({ extensionPoint: listeners, factory: () => ({}) });

    env.registerInit({
      deps: { logger, database, greeter: greeterRef, greeters: greetersRef },
      async init({ logger: log, database: db, greeter: one, greeters }) {
        expectType<LoggerService>(log);
        expectType<Greeter>(one);
        // multiton arrays
        expectType<readonly Greeter[]>(greeters);
        // @ts-expect-error a multiton is an array
        greeters.greet();
        expectType<Knex>(await db.getClient());
        // @ts-expect-error a forgotten await
        await db.getClient().raw('select 1');
      },
    });
    env.registerInit({
      deps: { logger },
      // @ts-expect-error an init is awaited: it returns a promise
      init({ logger: log }) {
        log.info('x');
      },
    });
    // @ts-expect-error a dependency that was not declared
    env.registerInit({ deps: { logger }, init: async ({ database: db }) => void db });
    // @ts-expect-error a dependency is a ref, not its id
    env.registerInit({ deps: { logger: 'core.logger' }, async init() {} });
    // @ts-expect-error extension point dep is a type error
    env.registerInit({ deps: { listeners }, async init() {} });
    // @ts-expect-error extension point dep is a type error, also among others
    env.registerInit({ deps: { logger, listeners }, async init() {} });
  },
});

createBackendModule({
  pluginId: 'todo',
  moduleId: 'audit',
  register(env) {
    env.registerInit({
      deps: { listeners, logger, greeters: greetersRef },
      async init({ listeners: list, logger: log, greeters }) {
        expectType<Listeners>(list);
        expectType<LoggerService>(log);
        expectType<readonly Greeter[]>(greeters);
        // @ts-expect-error the extension point's own type counts
        list.add(5);
      },
    });
    // @ts-expect-error neither a service nor an extension point
    env.registerInit({ deps: { listeners: { id: 'todo.listeners' } }, async init() {} });
  },
});

// @ts-expect-error a plugin needs an id
createBackendPlugin({ register() {} });
// @ts-expect-error register takes the host's environment
createBackendPlugin({ pluginId: 'todo', register: (env: { nothing: string }) => env.nothing });

// loader: root-only deps by type
createBackendFeatureLoader({ deps: { rootConfig }, loader: ({ rootConfig: config }) => void config.getString('x') });
// @ts-expect-error loaders run before any plugin exists
createBackendFeatureLoader({ deps: { logger }, loader: () => [] });
// @ts-expect-error what is loaded must be features
createBackendFeatureLoader({ loader: () => ['@acme/plugin'] });

// Services
expectType<ServiceFactory<Greeter, 'plugin'>>(
  createServiceFactory({
    service: greeterRef,
    deps: { logger, rootConfig, greeters: greetersRef },
    createRootContext: async ({ rootConfig: config }) => config.getString('greeting'),
    factory: async ({ logger: log, greeters }, greeting) => {
      log.info(greeting.toUpperCase());
      return greeters[0] ?? greeter;
    },
  }),
);
expectType<ServiceFactory<Greeter, 'root'>>(
  createServiceFactory({ service: rootGreeterRef, deps: { rootLogger }, factory: () => greeter }),
);
// each factory of a multiton makes one
createServiceFactory({ service: greetersRef, deps: {}, factory: () => greeter });
// @ts-expect-error each factory of a multiton makes one
createServiceFactory({ service: greetersRef, deps: {}, factory: () => [greeter] });
// @ts-expect-error root factory with plugin dep
createServiceFactory({ service: rootGreeterRef, deps: { logger }, factory: () => greeter });
// @ts-expect-error root factory with a root context
createServiceFactory({ service: rootGreeterRef, deps: {}, createRootContext: () => 1, factory: () => greeter });
createServiceFactory({
  service: greeterRef,
  deps: { logger },
  // @ts-expect-error the root context is made from root services
  createRootContext: ({ logger: log }) => log,
  factory: () => greeter,
});
// @ts-expect-error less than the service promises
createServiceFactory({ service: greeterRef, deps: {}, factory: () => ({}) });
// @ts-expect-error a dependency is a ref, not its id
createServiceFactory({ service: greeterRef, deps: { logger: 'core.logger' }, factory: () => greeter });
// @ts-expect-error nobody else provides a multiton
createServiceRef<Greeter>({ id: 'a', multiton: true, defaultFactory: async () => null as never });

// The sentences
expectType<PluginDeps<{ listeners: typeof listeners }>['listeners']>(
  'An extension point can only be a dependency of a module: a plugin offers it and uses its own object',
);
type InRoot = ServiceFactoryOptions<typeof rootGreeterRef, { logger: typeof logger }, undefined>['deps']['logger'];
type InRootSentence =
  'A root service exists once per process and cannot depend on a service that exists once per plugin';
expectType<InRootSentence>(undefined as unknown as InRoot);
expectType<ModuleDeps>({ listeners, logger });

// Names of another protocol, as their packages type them
interface TheirRef<TService, TScope extends 'plugin' | 'root', TInstances extends 'singleton' | 'multiton'> {
  id: string;
  scope: TScope;
  multiton?: TInstances extends 'multiton' ? true : false;
  T: TService;
  $$type: '@theirs/ServiceRef';
}
declare const theirGreeter: TheirRef<Greeter, 'plugin', 'singleton'>;
declare const theirGreeters: TheirRef<Greeter, 'root', 'multiton'>;
declare const theirListeners: { id: string; T: Listeners; toString(): string; $$type: '@theirs/ExtensionPoint' };
declare const theirFeature: { $$type: '@theirs/BackendFeature' };
createBackendModule({
  pluginId: 'todo',
  moduleId: 'theirs',
  register(env) {
    env.registerInit({
      deps: { one: theirGreeter, all: theirGreeters, list: theirListeners },
      async init({ one, all, list }) {
        expectType<Greeter>(one);
        expectType<readonly Greeter[]>(all);
        expectType<Listeners>(list);
        // @ts-expect-error not what the service promises
        one.nothing();
      },
    });
  },
});
createServiceFactory({ service: theirGreeter, deps: { all: theirGreeters }, factory: ({ all }) => all[0]! });
// @ts-expect-error their plugin services are no root services either
createServiceFactory({ service: rootGreeterRef, deps: { theirGreeter }, factory: () => greeter });
createBackendFeatureLoader({
  loader: () => [theirFeature, import('./index.ts').then(() => ({ default: theirFeature }))],
});
