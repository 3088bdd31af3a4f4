import { formatShapeFault, type ShapeFault } from '@bulkhead/errors/shape';
import type { FeatureFault } from '../intake/feature-protocol.ts';
import type { FeatureOrigin } from '../intake/normal-feature.ts';
import { thrownAt } from './thrown-at.ts';
import {
  describeInstalled,
  describeOrigin,
  describePackage,
  hintOf,
  messageOf,
  sentence,
  sourceOf,
  type Owner,
  type PlanProblem,
} from './plan-problem.ts';

/** An `import()`, or another promise handed to `backend.add()`, that rejected or did not settle. */
export function importFailed(origin: FeatureOrigin, cause: unknown, pluginId: string | undefined): PlanProblem {
  const source = thrownAt(cause);
  return {
    code: 'ERR_RUNTIME_IMPORT_FAILED',
    message: `${sentence(describeOrigin(origin))} could not be loaded: ${messageOf(cause)}`,
    hint:
      hintOf(cause) ?? (source ? undefined : 'Is the package installed and built? The message is that of the import.'),
    pluginId,
    ...(source && { source }),
    cause,
  };
}

/** A value that is no feature. `fault` says which field, what was expected and what is there. */
export function invalidFeature(origin: FeatureOrigin, fault: string | ShapeFault, owner?: Owner): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_FEATURE',
    message: `${sentence(describeOrigin(origin, owner))} is not a feature: ${textOf(fault)}`,
    hint: 'Add a plugin, a module, a service factory or a feature loader, or a module whose default export is one.',
    ...pathOf(fault),
    ...owner,
    ...sourceOf(origin, owner),
  };
}

/** A feature of another protocol that could not be translated. */
export function translationFailed(
  { origin, installAs }: { readonly origin: FeatureOrigin; readonly installAs?: string },
  fault: FeatureFault,
): PlanProblem {
  const owner = ownerOfFault(fault, installAs, origin);
  if (fault.kind === 'threw') return registerFailed(origin, owner, fault.cause);
  const hint = fault.hint === undefined ? {} : { hint: fault.hint };
  const { fault: text, path } = fault;
  if (fault.kind === 'unsupported')
    return { ...unsupportedFeature(origin, text, owner), ...hint, ...(path && { path }) };
  const problem =
    fault.pluginId === undefined ? invalidFeature(origin, text, owner) : invalidRegistration(origin, owner!, text);
  return { ...problem, ...hint, ...(path && { path }) };
}

/** What the feature says itself counts first, then under which id it is installed, then the manifest of its package. */
function ownerOfFault(fault: FeatureFault, installAs: string | undefined, origin: FeatureOrigin): Owner | undefined {
  const found = fault.pluginId === undefined ? origin.package?.() : undefined;
  const pluginId = installAs ?? fault.pluginId ?? found?.pluginId;
  const moduleId = fault.moduleId ?? found?.moduleId;
  if (pluginId === undefined) return undefined;
  return moduleId === undefined ? { pluginId } : { pluginId, moduleId };
}

/** A feature of a version of its wire form that the host does not know. */
function unsupportedFeature(origin: FeatureOrigin, fault: string, owner: Owner | undefined): PlanProblem {
  return {
    code: 'ERR_RUNTIME_UNSUPPORTED_FEATURE',
    message: `${sentence(owner ? describeInstalled(owner, origin) : describeOrigin(origin))} has a wire form that this host does not know: ${fault}`,
    hint: 'Update the host, or install an older version of the package.',
    ...owner,
    ...sourceOf(origin, owner),
  };
}

/** What translates features of a protocol could not be loaded. */
export function protocolUnavailable(origin: FeatureOrigin, cause: unknown): PlanProblem {
  return {
    code: 'ERR_RUNTIME_PROTOCOL_UNAVAILABLE',
    message: `${sentence(describeOrigin(origin))} could not be translated: ${messageOf(cause)}`,
    hint: hintOf(cause) ?? 'The message is that of the code that translates features of this kind.',
    ...sourceOf(origin),
    cause,
  };
}

/** What is missing once is told once, however many features need it. */
export function joinUnavailable(problems: readonly PlanProblem[]): readonly PlanProblem[] {
  const alike = (problem: PlanProblem): readonly PlanProblem[] =>
    problem.code !== 'ERR_RUNTIME_PROTOCOL_UNAVAILABLE'
      ? [problem]
      : problems.filter(({ code, cause }) => code === problem.code && cause === problem.cause);
  return problems
    .filter((problem) => alike(problem)[0] === problem)
    .map((problem) => {
      const more = alike(problem).length - 1;
      const features = more === 1 ? '1 more feature' : `${more} more features`;
      return more === 0 ? problem : { ...problem, message: `${problem.message} (and so for ${features})` };
    });
}

/** `{ pluginId }` with something that belongs to no plugin. */
export function invalidInstallation(origin: FeatureOrigin, type: string): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_INSTALLATION',
    message: `${sentence(describeOrigin(origin))} is a ${type} and cannot be installed under a plugin id`,
    hint: 'Only plugins and modules take { pluginId }: remove it.',
    ...sourceOf(origin),
  };
}

/** `{ pluginId }` with something that registers several plugins. */
export function ambiguousInstallation(origin: FeatureOrigin, names: string, pluginId: string): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_INSTALLATION',
    message: `${sentence(describeOrigin(origin))} registers for ${names}, so it cannot be installed as '${pluginId}'`,
    hint: 'Install it without { pluginId }, or ask its author to export each plugin by itself.',
    pluginId,
    ...sourceOf(origin),
  };
}

/** An id that breaks the rule for ids. */
export function invalidId(origin: FeatureOrigin, what: { kind: string; id: unknown }, owner?: Owner): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_ID',
    message: `${JSON.stringify(what.id)} cannot be the id of a ${what.kind} (${describeOrigin(origin, owner)})`,
    hint: 'Use letters and digits, begin with a letter, and join words by single dashes; the id of a plugin has up to 48 characters.',
    ...owner,
    ...sourceOf(origin, owner),
  };
}

/** `register` threw. */
export function registerFailed(origin: FeatureOrigin, owner: Owner | undefined, cause: unknown): PlanProblem {
  const place = describeOrigin(origin, owner);
  return {
    code: 'ERR_RUNTIME_REGISTER_FAILED',
    message: `The registration of ${owner ? describeInstalled(owner, origin) : place} failed: ${messageOf(cause)}`,
    hint: hintOf(cause) ?? `Mend its register function (${place}).`,
    ...owner,
    ...sourceOf(origin, owner),
    cause,
  };
}

/** `register` ran, but what it declared makes no sense. */
export function invalidRegistration(origin: FeatureOrigin, owner: Owner, fault: string | ShapeFault): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_REGISTRATION',
    message: `The registration of ${describeInstalled(owner, origin)} is malformed: ${textOf(fault)}`,
    hint: 'Was it made by createBackendPlugin or createBackendModule of a fitting version?',
    ...pathOf(fault),
    ...owner,
    ...sourceOf(origin, owner),
  };
}

function textOf(fault: string | ShapeFault): string {
  return typeof fault === 'string' ? fault : formatShapeFault(fault);
}

function pathOf(fault: string | ShapeFault): { path?: readonly string[] } {
  return typeof fault === 'string' || fault.path.length === 0 ? {} : { path: fault.path };
}

/** A feature loader threw, hung, or needs what it cannot have. */
export function loaderFailed(
  description: string,
  fault: string,
  { origin, cause }: { readonly origin: FeatureOrigin; readonly cause?: unknown },
): PlanProblem {
  const { package: from } = sourceOf(origin);
  return {
    code: 'ERR_RUNTIME_LOADER_FAILED',
    message: `The feature ${description}${describePackage(from)} ${fault}`,
    ...(from && { package: from }),
    cause,
  };
}
