import { nearestName } from '@bulkhead/errors';
import { formatRings } from '../errors.ts';
import type { FeaturePackage } from '../intake/feature-package.ts';
import type { FeatureOrigin } from '../intake/normal-feature.ts';
import {
  causesOf,
  describePackage,
  hintOf,
  messageOf,
  sentence,
  type Owner,
  type PlanProblem,
} from './plan-problem.ts';

/** A service that nobody provides. */
export interface MissingService {
  readonly id: string;
  /** Leads to it from whoever starts the chain. */
  readonly path: readonly string[];
  /** Ids of the services that somebody provides. */
  readonly known: Iterable<string>;
  readonly owner?: Owner;
  /** The package that asks: where the last step of the path came from. */
  readonly askedBy?: FeaturePackage;
  /** The package that names the service. */
  readonly namedBy?: FeaturePackage;
}

/** A service that nobody provides. */
export function missingService(missing: MissingService): PlanProblem {
  const { id, path, owner, askedBy } = missing;
  const chain = [...path.slice(0, -1), `${path.at(-1)}${describePackage(askedBy)}`, '?'];
  return {
    code: 'ERR_RUNTIME_MISSING_SERVICE',
    message: `Nobody provides service '${id}': ${chain.join(' -> ')}`,
    hint: mendMissing(missing),
    path: [...path, id],
    ...packageField(askedBy),
    ...owner,
  };
}

/** The package as part of a problem. */
export function packageField(found: FeaturePackage | undefined): Pick<PlanProblem, 'package'> {
  return found ? { package: { name: found.name, version: found.version } } : {};
}

function mendMissing({ id, known, askedBy, namedBy }: MissingService): string {
  const nearest = nearestName(id, known);
  const guess = nearest ? `Did you mean '${nearest}'?` : undefined;
  const otherVersion = askedBy && askedBy.name !== namedBy?.name ? `install another version of ${askedBy.name}` : '';
  if (!namedBy) {
    const ways = ['add a factory for it with backend.add()', 'give its ref a defaultFactory', otherVersion];
    return guess ?? `${sentence(listOfWays(ways))}.`;
  }
  const { relatives = [], name, version } = namedBy;
  const likely = relatives.length === 0 ? '' : ` (perhaps ${relatives.join(' or ')})`;
  const ways = listOfWays([`add what provides it${likely}`, 'update the host', otherVersion]);
  return `${guess ? `${guess} ` : ''}It is named by ${name} ${version}: ${ways}.`;
}

function listOfWays(ways: readonly string[]): string {
  const possible = ways.filter((way) => way !== '');
  return `${possible.slice(0, -1).join(', ')} or ${possible.at(-1)}`;
}

/** Services that need each other. */
export function serviceCycleProblem(ring: readonly string[]): PlanProblem {
  return {
    code: 'ERR_RUNTIME_SERVICE_CYCLE',
    message: `Services need each other: ${formatRings([ring])}`,
    hint: 'Break the ring: move what two of them need into a further service.',
    path: ring,
  };
}

/** A root service that needs a plugin service. */
export function scopeProblem(id: string, dependency: string): PlanProblem {
  return {
    code: 'ERR_RUNTIME_SCOPE',
    message: `Root service '${id}' needs plugin service '${dependency}': root service '${id}' -> plugin service '${dependency}'`,
    hint: `There is one '${id}' for all plugins: let it depend on root services only, or make it a plugin service.`,
    path: [id, dependency],
  };
}

/** A loader that needs a plugin service. `path` ends with the loader. */
export function loaderScopeProblem(path: readonly string[], id: string): PlanProblem {
  return {
    code: 'ERR_RUNTIME_SCOPE',
    message: `The ${path.at(-1)} needs plugin service '${id}', but runs before any plugin exists`,
    hint: 'Let it depend on root services only.',
    path: [...path, id],
  };
}

/** Two factories for a service that can only have one. */
export function duplicateServiceProblem(
  id: string,
  how: string,
  origins: readonly (FeatureOrigin | undefined)[] = [],
): PlanProblem {
  const packages = origins.flatMap((origin) => origin?.package?.() ?? []);
  const names = packages.map(({ name, version }) => `${name} ${version}`).join(', ');
  return {
    code: 'ERR_RUNTIME_DUPLICATE_SERVICE',
    message: `Service '${id}' is provided twice ${how}${names && ` [${names}]`}`,
    hint: 'Remove one of the factories, or make the service a multiton.',
  };
}

/** A loader yields a service that was needed to load it. */
export function serviceAlreadyCreatedProblem(id: string, loader: string, origin: FeatureOrigin): PlanProblem {
  const found = origin.package?.();
  return {
    code: 'ERR_RUNTIME_SERVICE_ALREADY_CREATED',
    message: `Service '${id}'${describePackage(found)} comes from the feature ${loader}, but a loader has already made use of another one`,
    hint: `Add the factory with backend.add(), so that it is known before any loader runs.`,
    ...packageField(found),
  };
}

/** A factory for a service that only the runtime can provide. */
export function reservedService(id: string, origin?: FeatureOrigin): PlanProblem {
  const found = origin?.package?.();
  return {
    code: 'ERR_RUNTIME_RESERVED_SERVICE',
    message: `Service '${id}' is provided by the runtime and cannot be overridden${describePackage(found)}`,
    hint: 'Remove the factory; wrap the service in one of your own if it should behave differently.',
    ...packageField(found),
  };
}

/** A default factory that could not be loaded, or a factory that failed before the plan was known. */
export function serviceProblem(code: string, error: unknown): PlanProblem {
  return {
    code,
    message: `${messageOf(error)}${causesOf(error)
      .map((cause) => `: ${messageOf(cause)}`)
      .join('')}`,
    hint: [error, ...causesOf(error)].map(hintOf).findLast((hint) => hint !== undefined),
    cause: error,
  };
}

/** What is wrong when a service failed before the plan was known: the problems that the error lists, or itself. */
export function problemsOf(error: unknown): PlanProblem[] {
  for (const each of [error, ...causesOf(error)]) {
    const { problems } = each as { problems?: unknown };
    if (Array.isArray(problems) && problems.length > 0) return problems as PlanProblem[];
  }
  return [serviceProblem('ERR_RUNTIME_SERVICE_FAILED', error)];
}
