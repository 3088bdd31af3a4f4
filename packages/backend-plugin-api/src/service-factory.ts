import type { MaybePromise } from '@bulkhead/types';
import type { AnyServiceRef, ServiceMultiplicity, ServiceOf, ServiceRef, ServiceScope } from './service-ref.ts';

/** Named service dependencies. */
export type ServiceDeps = Readonly<Record<string, AnyServiceRef>>;

/** Named dependencies that exist once per process. */
export type RootServiceDeps = Readonly<Record<string, ServiceRef<unknown, 'root'>>>;

/** The instances that resolve a set of named refs. */
export type ResolvedDeps<TDeps> = { readonly [Name in keyof TDeps]: ServiceOf<TDeps[Name]> };

/**
 * When an instance is made: `always` at start-up, `lazy` on first use. Root services default to `always`, plugin
 * services to `lazy`.
 */
export type ServiceInitialization = 'always' | 'lazy';

/** The recipe for a service. A feature: hand it to `backend.add()` to provide or override a service. */
export interface ServiceFactory<TService = unknown, TScope extends ServiceScope = ServiceScope> {
  readonly $$type: '@bulkhead/BackendFeature';
  readonly type: 'service';
  readonly service: ServiceRef<TService, TScope>;
  readonly initialization?: ServiceInitialization;
  readonly deps: ServiceDeps;
  /** Plugin scope only: makes what all plugins share, once, from the root services among `deps`. */
  createRootContext?(deps: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Makes the instance from the resolved `deps`. */
  factory(deps: Readonly<Record<string, unknown>>, rootContext: unknown): Promise<TService>;
}

/** The recipe for a service of which there is one per process. */
export interface RootServiceFactoryOptions<TService, TInstance extends TService, TDeps extends RootServiceDeps> {
  readonly service: ServiceRef<TService, 'root', ServiceMultiplicity>;
  readonly initialization?: ServiceInitialization;
  /** A root service outlives every plugin, so it can only depend on other root services. */
  readonly deps: TDeps;
  factory(deps: ResolvedDeps<TDeps>): MaybePromise<TInstance>;
}

/** The recipe for a service of which each plugin has its own. */
export interface PluginServiceFactoryOptions<TService, TContext, TDeps extends ServiceDeps> {
  readonly service: ServiceRef<TService, 'plugin', ServiceMultiplicity>;
  readonly initialization?: ServiceInitialization;
  readonly deps: TDeps;
  /** Makes what all plugins share, once per process, from the root services among `deps`. */
  createRootContext?(deps: RootDepsAmong<TDeps>): MaybePromise<TContext>;
  factory(deps: ResolvedDeps<TDeps>, rootContext: TContext): MaybePromise<TService>;
}

type RootDepsAmong<TDeps extends ServiceDeps> = {
  readonly [Name in keyof TDeps as TDeps[Name]['scope'] extends 'root' ? Name : never]: ServiceOf<TDeps[Name]>;
};

/**
 * Defines how a service is made.
 *
 * @example
 * ```ts
 * export const greeterFactory = createServiceFactory({
 *   service: greeterRef,
 *   deps: { config: coreServices.config },
 *   factory: ({ config }) => new Greeter(config.getString('message')),
 * });
 * ```
 */
export function createServiceFactory<TService, TInstance extends TService, TDeps extends RootServiceDeps>(
  options: RootServiceFactoryOptions<TService, TInstance, TDeps>,
): ServiceFactory<TService, 'root'>;
export function createServiceFactory<TService, TDeps extends ServiceDeps, TContext = undefined>(
  options: PluginServiceFactoryOptions<TService, TContext, TDeps>,
): ServiceFactory<TService, 'plugin'>;
export function createServiceFactory(options: AnyFactoryOptions): ServiceFactory {
  const { service, initialization, deps, factory, createRootContext } = options;
  return {
    $$type: '@bulkhead/BackendFeature',
    type: 'service',
    service,
    ...(initialization && { initialization }),
    deps,
    ...(createRootContext && { createRootContext: async resolved => createRootContext(resolved) }),
    factory: async (resolved, rootContext) => factory(resolved, rootContext),
  };
}

interface AnyFactoryOptions {
  readonly service: AnyServiceRef;
  readonly initialization?: ServiceInitialization;
  readonly deps: ServiceDeps;
  createRootContext?(deps: Readonly<Record<string, unknown>>): unknown;
  factory(deps: Readonly<Record<string, unknown>>, rootContext: unknown): unknown;
}
