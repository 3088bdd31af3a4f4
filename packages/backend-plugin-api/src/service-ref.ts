import { invalidId } from './errors.ts';
import { isServiceId } from './ids.ts';
import type { ServiceFactory } from './service-factory.ts';

/** How often a service exists: once per process (`root`) or once per plugin (`plugin`). */
export type ServiceScope = 'root' | 'plugin';

/** Whether one factory provides the service, or any number of them side by side. */
export type ServiceMultiplicity = 'singleton' | 'multiton';

/**
 * The typed name of a service. Refs are compared by `id`, never by identity, so several copies of this package may
 * live in one dependency tree.
 */
export interface ServiceRef<
  TService,
  TScope extends ServiceScope = ServiceScope,
  TMultiplicity extends ServiceMultiplicity = ServiceMultiplicity,
> {
  /** `@bulkhead/ServiceRef`, or the mark of another protocol that the host takes. */
  readonly $$type: `@${string}/ServiceRef`;
  readonly id: string;
  readonly scope: TScope;
  /** Present on multitons, whose consumers receive an array with one instance per factory. */
  readonly multiton?: TMultiplicity extends 'multiton' ? true : false;
  /** Carries the type of the service for inference; `null` at run time. */
  readonly T: TService;
  /** Makes the factory that is used when nobody provides one. */
  readonly defaultFactory?: DefaultFactoryLoader<TService, TScope>;
  toString(): string;
}

/** Makes a default factory on first need. Called once for each ref that nothing else provides. */
export type DefaultFactoryLoader<TService, TScope extends ServiceScope> = (
  ref: ServiceRef<TService, TScope>,
) => Promise<ServiceFactory<TService, TScope>>;

/** Any service ref, whatever it names. */
export type AnyServiceRef = ServiceRef<unknown>;

/** The instance type that a consumer of `TRef` receives. */
export type ServiceOf<TRef> = TRef extends { readonly T: infer TService; readonly multiton?: infer TMultiton }
  ? TMultiton extends true
    ? readonly TService[]
    : TService
  : never;

/** What {@link createServiceRef} takes. */
export interface ServiceRefOptions<
  TService,
  TScope extends ServiceScope,
  TMultiplicity extends ServiceMultiplicity = ServiceMultiplicity,
> {
  /** Dotted lower-camel-case words, for example `core.logger` or `todo.client`. */
  readonly id: string;
  /** Defaults to `plugin`. */
  readonly scope?: TScope;
  /** Defaults to `false`. */
  readonly multiton?: TMultiplicity extends 'multiton' ? true : false;
  /** Provides the service wherever nobody else does. Not allowed on multitons. */
  readonly defaultFactory?: DefaultFactoryLoader<TService, TScope>;
}

/**
 * Names a service so that plugins, modules and other services can depend on it.
 *
 * @example
 * ```ts
 * export const greeterRef = createServiceRef<Greeter>({ id: 'example.greeter' });
 * ```
 *
 * @throws BulkheadError `ERR_PLUGIN_API_INVALID_ID` when the id is malformed.
 */
export function createServiceRef<TService>(
  options: ServiceRefOptions<TService, 'plugin', 'multiton'> & {
    readonly multiton: true;
    readonly defaultFactory?: never;
  },
): ServiceRef<TService, 'plugin', 'multiton'>;
export function createServiceRef<TService>(
  options: ServiceRefOptions<TService, 'root', 'multiton'> & {
    readonly scope: 'root';
    readonly multiton: true;
    readonly defaultFactory?: never;
  },
): ServiceRef<TService, 'root', 'multiton'>;
export function createServiceRef<TService>(
  options: ServiceRefOptions<TService, 'root', 'singleton'> & { readonly scope: 'root' },
): ServiceRef<TService, 'root', 'singleton'>;
export function createServiceRef<TService>(
  options: ServiceRefOptions<TService, 'plugin', 'singleton'>,
): ServiceRef<TService, 'plugin', 'singleton'>;
export function createServiceRef<TService>(options: ServiceRefOptions<TService, ServiceScope>): ServiceRef<TService> {
  const { id, scope = 'plugin', multiton = false, defaultFactory } = options;
  if (!isServiceId(id)) throw invalidId('service', id);
  return {
    $$type: '@bulkhead/ServiceRef',
    id,
    scope,
    multiton,
    T: null as TService,
    ...(defaultFactory && { defaultFactory }),
    toString: () => `serviceRef{${id}}`,
  };
}
