import type { FeatureLoader } from '@bulkhead/backend-plugin-api';
import type { ServiceContainer } from '../container/service-container.ts';
import { deadlineExceeded, loaderReturned } from '../errors.ts';
import { importFailed, joinUnavailable, loaderFailed } from '../problems/feature-problems.ts';
import { messageOf, type PlanProblem } from '../problems/plan-problem.ts';
import {
  duplicateServiceProblem,
  reservedService,
  serviceAlreadyCreatedProblem,
} from '../problems/service-problems.ts';
import type { Deadlines } from '../time/deadlines.ts';
import { findServiceProblems } from '../validate/service-problems.ts';
import type { PackageFinder } from './feature-package.ts';
import { resolveFeatureSource } from './feature-source.ts';
import type { Normaliser } from './normalise.ts';
import type { FeatureOrigin, NormalFeature, NormalLoader, NormalModule, NormalPlugin } from './normal-feature.ts';

/** How deep loaders may yield loaders. One that makes a new one each time would never end. */
const MAX_NESTED_LOADERS = 10;

/** What one `backend.add()` handed in. */
export interface Submission {
  readonly source: unknown;
  /** Under which id to install it. */
  readonly pluginId?: string;
}

/** What the gathering works with. */
export interface GatherContext {
  /** Takes the service factories; makes what loaders depend on. */
  readonly container: ServiceContainer;
  readonly normaliser: Normaliser;
  /** Finds the packages that problems name. */
  readonly packages?: PackageFinder;
  /** Services that cannot be overridden. */
  readonly reserved: ReadonlySet<string>;
  readonly deadlines: Deadlines;
  /** Milliseconds for each import and each loader. */
  readonly timeout: number;
}

/** All features, whichever way they came. Service factories are in the container's catalog. */
export interface Gathered {
  /** In the order in which they were added. */
  readonly plugins: readonly NormalPlugin[];
  readonly modules: readonly NormalModule[];
  readonly problems: readonly PlanProblem[];
}

/**
 * Turns what was added into normal form and runs the feature loaders. What is wrong becomes a problem; nothing stops
 * the gathering of the others.
 */
export async function gatherFeatures(submissions: readonly Submission[], context: GatherContext): Promise<Gathered> {
  const gathering = new Gathering(context);
  await gathering.run(submissions);
  const { plugins, modules, problems } = gathering;
  return { plugins, modules, problems: joinUnavailable(problems) };
}

class Gathering implements Gathered {
  readonly plugins: NormalPlugin[] = [];
  readonly modules: NormalModule[] = [];
  readonly problems: PlanProblem[] = [];
  readonly #context: GatherContext;

  constructor(context: GatherContext) {
    this.#context = context;
  }

  async run(submissions: readonly Submission[]): Promise<void> {
    const origins = submissions.map((_, index) => ({ position: index + 1, loaders: [] }));
    const features = await this.#receive(submissions, origins);
    this.#fileServices(features, 'added');
    // Loaders run last, so that they see every service that was added, and one after the other: each may use what the
    // one before has loaded.
    const expanded: NormalFeature[] = [];
    for (const feature of features) {
      if (feature.type === 'loader') expanded.push(...(await this.#load(feature, [])));
      else expanded.push(feature);
    }
    for (const feature of expanded) {
      if (feature.type === 'plugin') this.plugins.push(feature);
      if (feature.type === 'module') this.modules.push(feature);
    }
  }

  /** Awaits all sources side by side, then brings them into normal form in their order. */
  async #receive(submissions: readonly Submission[], origins: readonly FeatureOrigin[]): Promise<NormalFeature[]> {
    const values = await Promise.all(submissions.map((submission) => this.#resolve(submission)));
    const features: NormalFeature[] = [];
    for (const [index, feature] of values.entries()) {
      const { pluginId: installAs } = submissions[index]!;
      const origin = origins[index]!;
      const results =
        feature instanceof Rejected
          ? [importFailed(origin, feature.reason, installAs)]
          : await this.#context.normaliser.normalise({ feature, origin, installAs });
      for (const result of results) {
        if ('code' in result) this.problems.push(result);
        else features.push(result);
      }
    }
    return features;
  }

  #resolve({ source }: Submission): unknown {
    try {
      const value = resolveFeatureSource(source);
      if (!(value instanceof Promise)) return value;
      const { deadlines, timeout } = this.#context;
      const onTimeout = (): Error => deadlineExceeded('The import', timeout);
      return deadlines
        .run(async () => (await value) as unknown, timeout, onTimeout)
        .catch((error) => this.#reject(error));
    } catch (error) {
      return new Rejected(error);
    }
  }

  /** An interruption is no fault of the source: it ends the gathering. */
  #reject(error: unknown): Rejected {
    const { interruption } = this.#context.deadlines;
    if (interruption && error === interruption) throw interruption;
    return new Rejected(error);
  }

  #fileServices(features: readonly NormalFeature[], origin: 'added' | 'loaded'): void {
    const { container, reserved } = this.#context;
    for (const feature of features) {
      if (feature.type !== 'service') continue;
      const { id } = feature.factory.service;
      const loader = feature.origin.loaders.at(-1);
      if (reserved.has(id)) {
        this.problems.push(reservedService(id, feature.origin));
        continue;
      }
      const outcome = container.catalog.provide(feature.factory, origin, feature.origin);
      if (outcome === 'duplicate') {
        const how = loader ? `by feature loaders, the second time by the ${loader}` : 'by backend.add()';
        const first = container.catalog.providersOf(id)[0]?.source;
        this.problems.push(duplicateServiceProblem(id, how, [first, feature.origin]));
      } else if (outcome === 'frozen') {
        this.problems.push(serviceAlreadyCreatedProblem(id, loader ?? 'host', feature.origin));
      }
    }
  }

  /** Runs a loader, and the loaders that it yields, depth first. */
  async #load(feature: NormalLoader, outer: readonly NormalLoader[]): Promise<NormalFeature[]> {
    const { loader, origin } = feature;
    if (outer.some((each) => each.loader === loader)) {
      this.problems.push(loaderFailed(loader.description, 'yields itself', { origin }));
      return [];
    }
    const { description } = loader;
    if (outer.length >= MAX_NESTED_LOADERS) {
      this.problems.push(loaderFailed(description, `stands inside of ${outer.length} other loaders`, { origin }));
      return [];
    }
    const sources = await this.#runLoader(feature);
    const origins = sources.map((_, index) => ({
      position: origin.position,
      loaders: [...origin.loaders, `${description} at index ${index}`],
    }));
    const features = await this.#receive(
      sources.map((source) => ({ source })),
      origins,
    );
    this.#fileServices(features, 'loaded');
    const expanded: NormalFeature[] = [];
    for (const loaded of features) {
      if (loaded.type === 'loader') expanded.push(...(await this.#load(loaded, [...outer, feature])));
      else expanded.push(loaded);
    }
    return expanded;
  }

  async #runLoader({ loader, origin }: NormalLoader): Promise<readonly unknown[]> {
    const { deadlines, timeout } = this.#context;
    const { description } = loader;
    const onTimeout = (): Error => deadlineExceeded('The loading', timeout);
    try {
      return await deadlines.run(() => this.#yieldOf(loader, origin), timeout, onTimeout);
    } catch (error) {
      const { reason } = this.#reject(error);
      this.problems.push(loaderFailed(description, `failed: ${messageOf(reason)}`, { origin, cause: reason }));
      return [];
    }
  }

  async #yieldOf(loader: FeatureLoader, origin: FeatureOrigin): Promise<readonly unknown[]> {
    const { container, packages } = this.#context;
    const refs = Object.entries(loader.deps);
    await container.catalog.complete(Object.values(loader.deps));
    const path = [`feature ${loader.description}`];
    const needs = refs.map(([, ref]) => ({ ref, path, origin, rootOnly: true }));
    const unsound = findServiceProblems(container.catalog, needs, { packages });
    this.problems.push(...unsound);
    if (unsound.length > 0) return [];
    const deps = await Promise.all(refs.map(async ([name, ref]) => [name, await container.get(ref)] as const));
    const sources: unknown = await loader.load(Object.fromEntries(deps));
    if (!Array.isArray(sources)) throw loaderReturned(sources);
    return sources as readonly unknown[];
  }
}

/** The reason for which a source could not be had, told apart from a source that is an error. */
class Rejected {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}
