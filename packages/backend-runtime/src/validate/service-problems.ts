import type { AnyServiceRef } from '@bulkhead/backend-plugin-api';
import type { ServiceCatalog } from '../container/service-catalog.ts';
import { findServiceCycles, reachableFrom } from '../container/service-graph.ts';
import type { FeaturePackage, PackageFinder } from '../intake/feature-package.ts';
import type { FeatureOrigin } from '../intake/normal-feature.ts';
import type { Owner, PlanProblem } from '../problems/plan-problem.ts';
import {
  loaderScopeProblem,
  missingService,
  packageField,
  scopeProblem,
  serviceCycleProblem,
  serviceProblem,
} from '../problems/service-problems.ts';

/** Who needs a service from outside of the container: a plugin, a module or a loader. */
export interface ServiceNeed {
  readonly ref: AnyServiceRef;
  /** How messages name whoever needs it. */
  readonly path: readonly string[];
  /** The plugin or module that is at fault when nobody provides the service. */
  readonly owner?: Owner;
  /** The service whose factory needs it, if it is one. */
  readonly askedBy?: string;
  /** How whoever needs it got here. */
  readonly origin?: FeatureOrigin;
  /** Whether only root services will do. */
  readonly rootOnly?: boolean;
}

/** How services are looked at. */
export interface ServiceSearch {
  /** How much of the catalog: what the needs lead to, or every service that somebody provides as well. */
  readonly extent?: 'needed' | 'provided';
  /** Finds the packages that problems name. */
  readonly packages?: PackageFinder;
}

/**
 * All that is wrong with the services that are needed, and with what these need: nobody provides one, services that
 * need each other, root services that need plugin services, default factories that could not be loaded.
 *
 * A missing dependency of a plugin is that plugin's fault, a missing dependency of a service is the host's.
 */
export function findServiceProblems(
  catalog: ServiceCatalog,
  needs: readonly ServiceNeed[],
  { extent = 'needed', packages }: ServiceSearch = {},
): PlanProblem[] {
  const missing = (need: ServiceNeed): PlanProblem => missingProblem(catalog, need, packages);
  const problems: PlanProblem[] = [];
  const paths = new Map<string, readonly string[]>();
  for (const need of needs) {
    const { ref, path } = need;
    if (need.rootOnly && scopeOf(catalog, ref) === 'plugin') problems.push(loaderScopeProblem(path, ref.id));
    if (isMissing(catalog, ref)) problems.push(missing(need));
    else if (!paths.has(ref.id)) paths.set(ref.id, [...path, nameService(ref.id)]);
  }
  problems.push(...findProblemsBelow({ catalog, missing }, paths, paths));
  if (extent === 'provided') {
    const rest = Array.from(catalog.ids()).filter((id) => !paths.has(id));
    problems.push(
      ...findProblemsBelow({ catalog, missing }, new Map(rest.map((id) => [id, [nameService(id)]])), paths),
    );
  }
  const ids = extent === 'provided' ? catalog.ids() : reachableFrom(catalog, paths.keys());
  return [...problems, ...findServiceCycles(catalog, ids).map(serviceCycleProblem)];
}

/** Follows dependencies breadth first, so that each service is named with the shortest path to it. */
function findProblemsBelow(
  { catalog, missing }: { catalog: ServiceCatalog; missing: (need: ServiceNeed) => PlanProblem },
  paths: Map<string, readonly string[]>,
  seen: ReadonlyMap<string, unknown>,
): PlanProblem[] {
  const problems: PlanProblem[] = [];
  // A map iterates over what is added on the way.
  for (const [id, path] of paths) {
    const deps = catalog.providersOf(id).flatMap(({ factory }) => Object.values(factory.deps));
    for (const ref of new Map(deps.map((each) => [each.id, each])).values()) {
      if (isMissing(catalog, ref)) problems.push(missing({ ref, path, askedBy: id }));
      else if (!paths.has(ref.id) && !seen.has(ref.id)) paths.set(ref.id, [...path, nameService(ref.id)]);
      if (scopeOf(catalog, { id }) === 'root' && scopeOf(catalog, ref) === 'plugin') {
        problems.push(scopeProblem(id, ref.id));
      }
    }
  }
  return problems;
}

function nameService(id: string): string {
  return `service '${id}'`;
}

function isMissing(catalog: ServiceCatalog, ref: AnyServiceRef): boolean {
  return !ref.multiton && catalog.providersOf(ref.id).length === 0;
}

function missingProblem(catalog: ServiceCatalog, need: ServiceNeed, packages: PackageFinder | undefined): PlanProblem {
  const { ref, path, owner } = need;
  const failure = catalog.defaultFailure(ref.id);
  if (failure) {
    const problem = serviceProblem('ERR_RUNTIME_DEFAULT_FACTORY', failure);
    return { ...problem, path, ...packageField(packages?.ofServiceRef(ref.id)) };
  }
  const askedBy = packages && packageOfNeed(catalog, need, packages);
  return missingService({
    id: ref.id,
    path,
    known: catalog.ids(),
    owner,
    askedBy,
    namedBy: packages?.ofServiceRef(ref.id),
  });
}

/** A default factory came with the name of its service; one of the assembly came with the host. */
function packageOfNeed(
  catalog: ServiceCatalog,
  { askedBy, origin, owner }: ServiceNeed,
  packages: PackageFinder,
): FeaturePackage | undefined {
  if (askedBy === undefined) return origin?.package?.(owner);
  const provider = catalog.providersOf(askedBy)[0];
  return provider?.origin === 'ref' ? packages.ofServiceRef(askedBy) : provider?.source?.package?.();
}

/** The factory's word counts, not that of the ref with which somebody asks. */
function scopeOf(catalog: ServiceCatalog, ref: { readonly id: string; readonly scope?: string }): string | undefined {
  return catalog.providersOf(ref.id)[0]?.factory.service.scope ?? ref.scope;
}
