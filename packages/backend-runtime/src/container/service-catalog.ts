import type { AnyServiceRef, ServiceFactory } from '@bulkhead/backend-plugin-api';
import { defaultFactoryFailed, defaultFactoryMismatch } from '../errors.ts';
import type { FeatureOrigin } from '../intake/normal-feature.ts';

/**
 * Where a factory comes from: the runtime itself, the assembly's defaults, a `backend.add()`, a feature loader, or the
 * ref of the service (its default factory).
 */
export type ServiceOrigin = 'host' | 'default' | 'added' | 'loaded' | 'ref';

/** One factory in the catalog. */
export interface ServiceProvider {
  readonly factory: ServiceFactory;
  readonly origin: ServiceOrigin;
  /** How the factory got here, if it was added or loaded. */
  readonly source?: FeatureOrigin;
}

/** What became of a factory that was handed to {@link ServiceCatalog.provide}. */
export type ProvideOutcome =
  | 'provided'
  /** A factory that takes precedence is there already. */
  | 'overridden'
  /** A factory of the same origin is there already. */
  | 'duplicate'
  /** An instance of the service exists, so it can no longer be replaced. */
  | 'frozen';

/** Who overrides whom: a later origin replaces an earlier one. */
const PRECEDENCE: Readonly<Record<ServiceOrigin, number>> = { ref: 0, host: 1, default: 2, loaded: 3, added: 4 };

/** The order in which the instances of a multiton are handed out. */
const MULTITON_ORDER: readonly ServiceOrigin[] = ['host', 'default', 'added', 'loaded'];

/** Which factory provides which service. Knows nothing of instances. */
export class ServiceCatalog {
  readonly #providers = new Map<string, ServiceProvider[]>();
  readonly #frozen = new Set<string>();
  /** Ids whose dependencies have all been followed down to factories. */
  #completed = new Set<string>();
  readonly #defaultLoads = new Map<string, Promise<void>>();
  readonly #defaultFailures = new Map<string, Error>();

  /** A catalog of a list of factories. The last one for a singleton wins. */
  static of(factories: Iterable<ServiceFactory>): ServiceCatalog {
    const catalog = new ServiceCatalog();
    const chosen = new Map<unknown, ServiceFactory>();
    for (const factory of factories) chosen.set(factory.service.multiton ? factory : factory.service.id, factory);
    for (const factory of chosen.values()) catalog.provide(factory, 'default');
    return catalog;
  }

  /** Files a factory. A multiton collects factories, a singleton keeps the one that takes precedence. */
  provide(factory: ServiceFactory, origin: ServiceOrigin, source?: FeatureOrigin): ProvideOutcome {
    const { id, multiton } = factory.service;
    const provider: ServiceProvider = { factory, origin, ...(source && { source }) };
    const present = this.#providers.get(id);
    if (this.#frozen.has(id)) return origin === 'loaded' && present?.[0]?.origin === 'added' ? 'overridden' : 'frozen';
    this.#completed = new Set();
    if (!present) {
      this.#providers.set(id, [provider]);
    } else if (multiton) {
      present.push(provider);
      present.sort((a, b) => MULTITON_ORDER.indexOf(a.origin) - MULTITON_ORDER.indexOf(b.origin));
    } else {
      const precedence = PRECEDENCE[origin] - PRECEDENCE[present[0]!.origin];
      if (precedence === 0) return 'duplicate';
      if (precedence < 0) return 'overridden';
      present[0] = provider;
    }
    return 'provided';
  }

  /** Who provides a service: none, one, or for a multiton any number. */
  providersOf(id: string): readonly ServiceProvider[] {
    return this.#providers.get(id) ?? [];
  }

  /** All providers, in the order in which their services were first filed. */
  providers(): ServiceProvider[] {
    return [...this.#providers.values()].flat();
  }

  /** Ids of all services that somebody provides. */
  ids(): IterableIterator<string> {
    return this.#providers.keys();
  }

  /** Makes `provide` refuse further factories for a service, because an instance of it exists. */
  freeze(id: string): void {
    this.#frozen.add(id);
  }

  /** Why the default factory of a service could not be loaded. */
  defaultFailure(id: string): Error | undefined {
    return this.#defaultFailures.get(id);
  }

  /** Default factories that are being loaded. */
  pendingDefaults(): string[] {
    return [...this.#defaultLoads.keys()].filter((id) => !this.#providers.has(id) && !this.#defaultFailures.has(id));
  }

  /**
   * Follows `refs` and their dependencies and loads the default factory of every service that nobody provides, each
   * once. Loads nothing else and runs no factory. Never rejects: see {@link ServiceCatalog.defaultFailure}.
   */
  async complete(refs: Iterable<AnyServiceRef>): Promise<void> {
    // What is found below does not count for a factory that is provided meanwhile: that one begins a new set.
    const completed = this.#completed;
    const followed = new Set<string>();
    let wave = [...refs];
    while (wave.length > 0) {
      const next: AnyServiceRef[] = [];
      const fresh = wave.filter(({ id }) => !completed.has(id) && !followed.has(id));
      const loads = fresh.filter(({ id, defaultFactory }) => defaultFactory && !this.#providers.has(id));
      if (loads.length > 0) await Promise.all(loads.map((ref) => this.#loadDefault(ref)));
      for (const { id } of fresh) {
        // One that nobody provides stays open: another ref of the same id may bring a default factory.
        if (followed.has(id) || !this.#providers.has(id)) continue;
        followed.add(id);
        for (const { factory } of this.providersOf(id)) next.push(...Object.values(factory.deps));
      }
      wave = next;
    }
    // Not before the end: whoever asks meanwhile has to wait for what is still being loaded.
    for (const id of followed) completed.add(id);
  }

  #loadDefault(ref: AnyServiceRef): Promise<void> {
    let load = this.#defaultLoads.get(ref.id);
    if (!load) {
      load = this.#fileDefault(ref).catch((error) => void this.#defaultFailures.set(ref.id, error as Error));
      this.#defaultLoads.set(ref.id, load);
    }
    return load;
  }

  async #fileDefault(ref: AnyServiceRef): Promise<void> {
    let factory: ServiceFactory | undefined;
    try {
      factory = await ref.defaultFactory?.(ref);
    } catch (error) {
      throw defaultFactoryFailed(ref.id, error);
    }
    if (factory?.service?.id !== ref.id) throw defaultFactoryMismatch(ref.id, factory?.service?.id);
    if (!this.#providers.has(ref.id)) this.#providers.set(ref.id, [{ factory, origin: 'ref' }]);
  }
}
