import type { MaybePromise } from '@bulkhead/types';
import type { AnyServiceRef, ServiceOf, ServiceRef, ServiceScope } from './service-ref.ts';

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

/** The recipe for a service, as its author writes it. */
export interface ServiceFactoryOptions<TRef extends AnyServiceRef, TDeps extends ServiceDeps, TContext> {
  readonly service: TRef;
  readonly initialization?: ServiceInitialization;
  /** What the service is made from. A root service can only depend on root services. */
  readonly deps: TDeps & DepsFor<TRef, TDeps>;
  /** Plugin scope only: makes what all plugins share, once per process, from the root services among `deps`. */
  readonly createRootContext?: (deps: RootDepsAmong<TDeps>) => MaybePromise<TContext>;
  /** Makes the instance: one per process or one per plugin, as the scope of `service` says. */
  factory(deps: ResolvedDeps<TDeps>, rootContext: TContext): MaybePromise<NoInfer<TRef['T']>>;
}

/** Turns a dependency that outlives its consumer's reach into a sentence for the editor. */
type DepsFor<TRef extends AnyServiceRef, TDeps extends ServiceDeps> = TRef['scope'] extends 'root'
  ? {
      readonly [Name in keyof TDeps]: TDeps[Name]['scope'] extends 'root'
        ? unknown
        : 'A root service exists once per process and cannot depend on a service that exists once per plugin';
    }
  : unknown;

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
export function createServiceFactory<TRef extends AnyServiceRef, TDeps extends ServiceDeps, TContext = undefined>(
  options: ServiceFactoryOptions<TRef, TDeps, TContext> & RootContextFor<TRef>,
): ServiceFactory<TRef['T'], TRef['scope']>;
export function createServiceFactory(options: AnyFactoryOptions): ServiceFactory {
  const { service, initialization, deps, factory, createRootContext } = options;
  return {
    $$type: '@bulkhead/BackendFeature',
    type: 'service',
    service,
    ...(initialization && { initialization }),
    deps,
    ...(createRootContext && { createRootContext: async (resolved) => createRootContext(resolved) }),
    factory: async (resolved, rootContext) => factory(resolved, rootContext),
  };
}

type RootContextFor<TRef extends AnyServiceRef> = TRef['scope'] extends 'root'
  ? { readonly createRootContext?: 'A root service shares nothing between plugins: do the work in its factory' }
  : unknown;

interface AnyFactoryOptions {
  readonly service: AnyServiceRef;
  readonly initialization?: ServiceInitialization;
  readonly deps: ServiceDeps;
  createRootContext?(deps: Readonly<Record<string, unknown>>): unknown;
  factory(deps: Readonly<Record<string, unknown>>, rootContext: unknown): unknown;
}
