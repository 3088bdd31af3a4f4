import { DependencyGraph } from '../graph/dependency-graph.ts';
import type { ServiceCatalog } from './service-catalog.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * Ids of all services below `ids`, these included, whether or not somebody provides them.
 *
 * @param except - ids that are left out, with what can only be reached through them.
 */
export function reachableFrom(catalog: ServiceCatalog, ids: Iterable<string>, except = NONE): Set<string> {
  const reachable = new Set(ids);
  // A set iterates over what is added on the way.
  for (const id of reachable) {
    for (const dependency of dependenciesOf(catalog, id)) {
      if (!except.has(dependency)) reachable.add(dependency);
    }
  }
  return reachable;
}

/** Rings among the services `ids`, as lists of service ids that begin and end with the same one. */
export function findServiceCycles(catalog: ServiceCatalog, ids: Iterable<string>): string[][] {
  return serviceGraph(catalog, ids).findCycles();
}

/** The services `ids`, each after its dependencies as far as there are no rings. */
export function orderServices(catalog: ServiceCatalog, ids: Iterable<string>): string[] {
  return serviceGraph(catalog, ids).order();
}

function serviceGraph(catalog: ServiceCatalog, ids: Iterable<string>): DependencyGraph<string> {
  return new DependencyGraph(
    Array.from(ids, (id) => ({ value: id, provides: [id], consumes: dependenciesOf(catalog, id) })),
  );
}

/** Ids of what the factories of a service need. */
function dependenciesOf(catalog: ServiceCatalog, id: string): string[] {
  const dependencies = new Set<string>();
  for (const { factory } of catalog.providersOf(id)) {
    for (const dependency of Object.values(factory.deps)) dependencies.add(dependency.id);
  }
  return [...dependencies];
}
