import { AsyncLocalStorage } from 'node:async_hooks';
import {
  executionContext,
  type AnyServiceRef,
  type ServiceFactory,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import {
  containerClosed,
  duplicateService,
  missingDependencies,
  pluginIdRequired,
  rootContextFailed,
  rootNeedsPluginService,
  serviceAlreadyCreated,
  serviceCycle,
  serviceFailed,
} from '../errors.ts';
import { DisposalStack, type DisposalOptions } from './disposal-stack.ts';
import { ServiceCatalog, type ServiceProvider } from './service-catalog.ts';
import { findServiceCycles, reachableFrom } from './service-graph.ts';

/** One instance, or root context, that the container made or failed to make. */
export interface ServiceCreation {
  readonly serviceId: string;
  /** Absent for root services and root contexts. */
  readonly pluginId?: string;
  /** On the clock of `performance.now()`; dependencies are complete by then. */
  readonly startedAt: number;
  /** Milliseconds in the factory itself. */
  readonly duration: number;
  /** Ids of the dependencies. */
  readonly waitedFor: readonly string[];
  readonly error?: unknown;
}

/** What {@link ServiceContainer} takes. */
export interface ServiceContainerOptions {
  /** Learns of each creation, once it has ended. */
  readonly onCreation?: (creation: ServiceCreation) => void;
}

type Resolved = Readonly<Record<string, unknown>>;
const ROOT = Symbol('root');

/**
 * Makes services from their factories: root services once, plugin services once per plugin, on first demand. Each
 * promise is kept, a rejected one too. Knows no service by name.
 *
 * A factory runs in the execution context of the plugin that it serves; a root factory outside of any plugin, even
 * if a plugin was the first to ask.
 */
export class ServiceContainer {
  readonly catalog: ServiceCatalog;
  readonly #instances = new Map<string | typeof ROOT, Map<ServiceProvider, Promise<unknown>>>();
  readonly #rootContexts = new Map<ServiceProvider, Promise<unknown>>();
  readonly #sound = new Set<string>();
  readonly #disposals = new DisposalStack();
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #onCreation: ServiceContainerOptions['onCreation'];
  readonly #running = new Set<{ readonly serviceId: string; readonly pluginId: string | undefined }>();
  #closed = false;

  /** @param factories - a list whose last factory for a service wins, or a catalog. */
  constructor(factories: Iterable<ServiceFactory> | ServiceCatalog = [], options: ServiceContainerOptions = {}) {
    this.catalog = factories instanceof ServiceCatalog ? factories : catalogOf(factories);
    this.#onCreation = options.onCreation;
  }

  /**
   * Adds a factory, which overrides the one that the container was made with.
   *
   * @throws BulkheadError `ERR_RUNTIME_DUPLICATE_SERVICE` when one was added before,
   * `ERR_RUNTIME_SERVICE_ALREADY_CREATED` when an instance exists.
   */
  add(factory: ServiceFactory): void {
    const outcome = this.catalog.provide(factory, 'added');
    if (outcome === 'duplicate') throw duplicateService(factory.service.id);
    if (outcome === 'frozen') throw serviceAlreadyCreated(factory.service.id);
    this.#sound.clear();
  }

  /** Whether somebody provides the service, its default factory included. */
  async has(ref: AnyServiceRef): Promise<boolean> {
    await this.catalog.complete([ref]);
    return this.catalog.providersOf(ref.id).length > 0;
  }

  /**
   * The instance of a service: the one of the process, or the one of a plugin. A multiton gives an array; a service
   * that nobody provides gives `undefined`.
   *
   * @throws BulkheadError with a code of the area `ERR_RUNTIME` that says which service could not be made, and why.
   */
  async get<T>(ref: ServiceRef<T>, pluginId?: string): Promise<T | undefined> {
    if (!this.#sound.has(ref.id)) await this.#ensureSound(ref);
    return this.#resolve(ref, pluginId) as Promise<T | undefined>;
  }

  /** Ids of the services whose factories are at work for a plugin, or for all of them. */
  runningFactories(pluginId: string): string[] {
    return [...this.#running]
      .filter((each) => each.pluginId === undefined || each.pluginId === pluginId)
      .map(({ serviceId }) => serviceId);
  }

  /**
   * Disposes all instances that can be disposed, the latest first. Instances that are still being made are disposed
   * as soon as they exist; new ones are refused.
   */
  async dispose(options?: DisposalOptions): Promise<void> {
    this.#closed = true;
    await this.#disposals.dispose(options);
  }

  async #ensureSound(ref: AnyServiceRef): Promise<void> {
    await this.catalog.complete([ref]);
    const reachable = reachableFrom(this.catalog, [ref.id]);
    for (const id of reachable) {
      const failure = this.catalog.defaultFailure(id);
      if (failure) throw failure;
    }
    const rings = findServiceCycles(this.catalog, reachable);
    if (rings.length > 0) throw serviceCycle(rings);
    for (const id of reachable) this.#sound.add(id);
  }

  #resolve(ref: AnyServiceRef, pluginId: string | undefined): Promise<unknown> {
    const providers = this.catalog.providersOf(ref.id);
    if (ref.multiton) return Promise.all(providers.map((provider) => this.#instance(provider, pluginId)));
    const provider = providers[0];
    return provider ? this.#instance(provider, pluginId) : Promise.resolve(undefined);
  }

  #instance(provider: ServiceProvider, pluginId: string | undefined): Promise<unknown> {
    const { service } = provider.factory;
    if (service.scope === 'plugin' && pluginId === undefined) return Promise.reject(pluginIdRequired(service.id));
    const owner = service.scope === 'plugin' ? pluginId! : ROOT;
    let instances = this.#instances.get(owner);
    if (!instances) this.#instances.set(owner, (instances = new Map()));
    let instance = instances.get(provider);
    if (!instance) {
      this.catalog.freeze(service.id);
      instance = this.#create(provider, owner === ROOT ? undefined : pluginId);
      instances.set(provider, instance);
    }
    return instance;
  }

  async #create(provider: ServiceProvider, pluginId: string | undefined): Promise<unknown> {
    const { factory } = provider;
    const rootContext = factory.createRootContext ? await this.#rootContext(provider) : undefined;
    const deps = await this.#resolveDeps(factory, factory.deps, pluginId);
    const make = (): Promise<unknown> => factory.factory(deps, rootContext);
    const instance = await this.#timed(provider, pluginId, () =>
      pluginId === undefined ? this.#outside(make) : executionContext.run({ pluginId }, make),
    ).catch((error) => {
      throw serviceFailed(factory.service.id, pluginId, error);
    });
    await this.#keep(instance, factory.service.id, pluginId);
    return instance;
  }

  #rootContext(provider: ServiceProvider): Promise<unknown> {
    let context = this.#rootContexts.get(provider);
    if (!context) this.#rootContexts.set(provider, (context = this.#createRootContext(provider)));
    return context;
  }

  async #createRootContext(provider: ServiceProvider): Promise<unknown> {
    const { factory } = provider;
    const rootDeps = Object.entries(factory.deps).filter(([, ref]) => this.#scopeOf(ref) === 'root');
    const deps = await this.#resolveDeps(factory, Object.fromEntries(rootDeps), undefined);
    const make = (): Promise<unknown> => factory.createRootContext!(deps);
    const context = await this.#timed(provider, undefined, () => this.#outside(make)).catch((error) => {
      throw rootContextFailed(factory.service.id, error);
    });
    await this.#keep(context, factory.service.id, undefined);
    return context;
  }

  async #resolveDeps(
    factory: ServiceFactory,
    refs: ServiceFactory['deps'],
    pluginId: string | undefined,
  ): Promise<Resolved> {
    if (this.#closed) throw containerClosed(factory.service.id);
    const { id, scope } = factory.service;
    const entries = Object.entries(refs);
    const missing = entries.filter(([, ref]) => !ref.multiton && this.catalog.providersOf(ref.id).length === 0);
    if (missing.length > 0) {
      throw missingDependencies(
        id,
        pluginId,
        missing.map(([, ref]) => ref.id),
      );
    }
    const forbidden = scope === 'root' && entries.find(([, ref]) => this.#scopeOf(ref) === 'plugin');
    if (forbidden) throw rootNeedsPluginService(id, forbidden[1].id);
    const resolving = Promise.all(entries.map(([, ref]) => this.#resolve(ref, pluginId)));
    const instances = await resolving.catch((error) => {
      throw serviceFailed(id, pluginId, error);
    });
    return Object.fromEntries(entries.map(([name], index) => [name, instances[index]]));
  }

  /** The factory's word counts, not that of the ref with which somebody asks. */
  #scopeOf(ref: AnyServiceRef): string {
    return this.catalog.providersOf(ref.id)[0]?.factory.service.scope ?? ref.scope;
  }

  async #timed(
    { factory }: ServiceProvider,
    pluginId: string | undefined,
    make: () => Promise<unknown>,
  ): Promise<unknown> {
    const startedAt = performance.now();
    const running = { serviceId: factory.service.id, pluginId };
    this.#running.add(running);
    const report = (error?: unknown): void =>
      this.#onCreation?.({
        serviceId: factory.service.id,
        pluginId,
        startedAt,
        duration: performance.now() - startedAt,
        waitedFor: Object.values(factory.deps).map(({ id }) => id),
        error,
      });
    try {
      const instance = await make();
      report();
      return instance;
    } catch (error) {
      report(error ?? null);
      throw error;
    } finally {
      this.#running.delete(running);
    }
  }

  async #keep(instance: unknown, serviceId: string, pluginId: string | undefined): Promise<void> {
    this.#disposals.push(instance, { serviceId, pluginId });
    if (this.#closed) await this.#disposals.dispose();
  }
}

function catalogOf(factories: Iterable<ServiceFactory>): ServiceCatalog {
  const catalog = new ServiceCatalog();
  const lastOfSingletons = new Map<unknown, ServiceFactory>();
  for (const factory of factories) {
    lastOfSingletons.set(factory.service.multiton ? factory : factory.service.id, factory);
  }
  for (const factory of lastOfSingletons.values()) catalog.provide(factory, 'default');
  return catalog;
}
