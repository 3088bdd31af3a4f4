import type { AnyServiceRef, ServiceFactory, ServiceRef } from '@bulkhead/backend-plugin-api';
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
import type { DisposalOptions } from './disposal-stack.ts';
import { FactoryRunner, type ServiceCreation } from './factory-runner.ts';
import { ServiceCatalog, type ServiceProvider } from './service-catalog.ts';
import { findServiceCycles, reachableFrom } from './service-graph.ts';

/** What {@link ServiceContainer} takes. */
export interface ServiceContainerOptions {
  /** Learns of each creation, once it has ended. */
  readonly onCreation?: (creation: ServiceCreation) => void;
}

type Resolved = Readonly<Record<string, unknown>>;
type Instances = Map<ServiceProvider, Promise<unknown>>;

/** Owner of the root services. */
const ROOT = Symbol('root');

/**
 * Makes services from their factories: root services once, plugin services once per plugin, on first demand. Each
 * promise is kept, a rejected one too. Knows no service by name.
 *
 * A factory runs in the execution context of the plugin that it serves; a root factory outside of any plugin, even
 * if a plugin was the first to ask.
 */
export class ServiceContainer {
  /** Which factory provides which service. */
  readonly catalog: ServiceCatalog;
  readonly #instances = new Map<string | typeof ROOT, Instances>();
  readonly #rootContexts: Instances = new Map();
  /** Ids of services below which nothing is wrong. */
  readonly #sound = new Set<string>();
  readonly #runner: FactoryRunner;

  /** @param factories - a list whose last factory for a service wins, or a catalog. */
  constructor(factories: Iterable<ServiceFactory> | ServiceCatalog = [], options: ServiceContainerOptions = {}) {
    this.catalog = factories instanceof ServiceCatalog ? factories : ServiceCatalog.of(factories);
    this.#runner = new FactoryRunner(options.onCreation);
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

  /** Ids of the services whose factories are at work: root factories, and those for a plugin if one is named. */
  runningFactories(pluginId?: string): string[] {
    return this.#runner.runningFor(pluginId);
  }

  /**
   * Disposes all instances that can be disposed, the latest first. Factories that are at work are awaited, at most for
   * the time that a disposal may take; what they make after that is disposed as soon as it exists. New instances are
   * refused.
   */
  async dispose(options: DisposalOptions = {}): Promise<void> {
    await this.#runner.dispose(options);
  }

  async #ensureSound(ref: AnyServiceRef): Promise<void> {
    await this.catalog.complete([ref]);
    const reachable = reachableFrom(this.catalog, [ref.id], this.#sound);
    for (const id of reachable) {
      const failure = this.catalog.defaultFailure(id);
      if (failure) throw failure;
    }
    const rings = findServiceCycles(this.catalog, reachable);
    if (rings.length > 0) throw serviceCycle(rings);
    // Where something is missing, a default factory that comes later can still close a ring.
    if (Array.from(reachable).some((id) => this.catalog.providersOf(id).length === 0)) return;
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
    const isRoot = service.scope === 'root';
    if (!isRoot && pluginId === undefined) return Promise.reject(pluginIdRequired(service.id));
    const owner = isRoot ? ROOT : pluginId!;
    let instances = this.#instances.get(owner);
    if (!instances) this.#instances.set(owner, (instances = new Map<ServiceProvider, Promise<unknown>>()));
    let instance = instances.get(provider);
    if (!instance) {
      this.catalog.freeze(service.id);
      instance = this.#create(provider.factory, isRoot ? undefined : pluginId, provider);
      instances.set(provider, instance);
    }
    return instance;
  }

  async #create(factory: ServiceFactory, pluginId: string | undefined, provider: ServiceProvider): Promise<unknown> {
    const rootContext = factory.createRootContext ? await this.#rootContext(provider) : undefined;
    const deps = await this.#resolveDeps(factory, factory.deps, pluginId);
    try {
      return await this.#runner.run(factory, pluginId, async () => factory.factory(deps, rootContext));
    } catch (error) {
      throw serviceFailed(factory.service.id, pluginId, error);
    }
  }

  #rootContext(provider: ServiceProvider): Promise<unknown> {
    let context = this.#rootContexts.get(provider);
    if (!context) this.#rootContexts.set(provider, (context = this.#createRootContext(provider.factory)));
    return context;
  }

  async #createRootContext(factory: ServiceFactory): Promise<unknown> {
    const rootDeps = Object.entries(factory.deps).filter(([, ref]) => this.#scopeOf(ref) === 'root');
    const deps = await this.#resolveDeps(factory, Object.fromEntries(rootDeps), undefined);
    try {
      return await this.#runner.run(factory, undefined, async () => factory.createRootContext!(deps));
    } catch (error) {
      throw rootContextFailed(factory.service.id, error);
    }
  }

  async #resolveDeps(
    { service: { id, scope } }: ServiceFactory,
    refs: ServiceFactory['deps'],
    pluginId: string | undefined,
  ): Promise<Resolved> {
    const entries = Object.entries(refs);
    const missing = entries.filter(([, ref]) => !ref.multiton && this.catalog.providersOf(ref.id).length === 0);
    if (missing.length > 0) throw missingDependencies(id, pluginId, idsOf(missing));
    const forbidden = scope === 'root' && entries.find(([, ref]) => this.#scopeOf(ref) === 'plugin');
    if (forbidden) throw rootNeedsPluginService(id, forbidden[1].id);
    const instances = await this.#resolveAll(entries, pluginId).catch((error) => {
      throw serviceFailed(id, pluginId, error);
    });
    // Asked this late, because it can have been closed in the meantime.
    if (this.#runner.isClosed) throw containerClosed(id);
    return Object.fromEntries(entries.map(([name], index) => [name, instances[index]]));
  }

  #resolveAll(
    entries: readonly (readonly [string, AnyServiceRef])[],
    pluginId: string | undefined,
  ): Promise<unknown[]> {
    return Promise.all(entries.map(([, ref]) => this.#resolve(ref, pluginId)));
  }

  /** The factory's word counts, not that of the ref with which somebody asks. */
  #scopeOf(ref: AnyServiceRef): string {
    return this.catalog.providersOf(ref.id)[0]?.factory.service.scope ?? ref.scope;
  }
}

function idsOf(entries: readonly (readonly [string, AnyServiceRef])[]): string[] {
  return entries.map(([, ref]) => ref.id);
}
