import type { FeatureFault } from '../intake/feature-protocol.ts';
import type { FeatureOrigin } from '../intake/normal-feature.ts';
import { thrownAt } from './thrown-at.ts';
import {
  describeOrigin,
  describeOwner,
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
export function invalidFeature(origin: FeatureOrigin, fault: string, owner?: Owner): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_FEATURE',
    message: `${sentence(describeOrigin(origin))} is not a feature: ${fault}`,
    hint: 'Add a plugin, a module, a service factory or a feature loader, or a module whose default export is one.',
    ...owner,
    ...sourceOf(origin),
  };
}

/** A feature of another protocol that could not be translated. */
export function translationFailed(
  { origin, installAs }: { readonly origin: FeatureOrigin; readonly installAs?: string },
  { fault, pluginId = installAs, moduleId, cause }: FeatureFault,
): PlanProblem {
  const owner = pluginId === undefined ? undefined : { pluginId, ...(moduleId !== undefined && { moduleId }) };
  return { ...invalidFeature(origin, cause === undefined ? fault : `${fault}: ${messageOf(cause)}`, owner), cause };
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

/** `{ pluginId }` with something that belongs to no plugin. */
export function invalidInstallation(origin: FeatureOrigin, type: string): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_INSTALLATION',
    message: `${sentence(describeOrigin(origin))} is a ${type} and cannot be installed under a plugin id`,
    hint: 'Only plugins and modules take { pluginId }: remove it.',
    ...sourceOf(origin),
  };
}

/** An id that breaks the rule for ids. */
export function invalidId(origin: FeatureOrigin, what: { kind: string; id: unknown }, owner?: Owner): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_ID',
    message: `${JSON.stringify(what.id)} cannot be the id of a ${what.kind} (${describeOrigin(origin)})`,
    hint: 'Use letters and digits, begin with a letter, and join words by single dashes, up to 48 characters.',
    ...owner,
    ...sourceOf(origin),
  };
}

/** `register` threw. */
export function registerFailed(origin: FeatureOrigin, owner: Owner, cause: unknown): PlanProblem {
  return {
    code: 'ERR_RUNTIME_REGISTER_FAILED',
    message: `The registration of ${describeOwner(owner)} failed: ${messageOf(cause)}`,
    hint: hintOf(cause) ?? `Mend its register function (${describeOrigin(origin)}).`,
    ...owner,
    ...sourceOf(origin),
    cause,
  };
}

/** `register` ran, but what it declared makes no sense. */
export function invalidRegistration(origin: FeatureOrigin, owner: Owner, fault: string): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_REGISTRATION',
    message: `The registration of ${describeOwner(owner)} is malformed: ${fault}`,
    hint: 'Was it made by createBackendPlugin or createBackendModule of a fitting version?',
    ...owner,
    ...sourceOf(origin),
  };
}

/** A feature loader threw, hung, or needs what it cannot have. */
export function loaderFailed(description: string, fault: string, cause?: unknown): PlanProblem {
  return {
    code: 'ERR_RUNTIME_LOADER_FAILED',
    message: `The feature ${description} ${fault}`,
    cause,
  };
}
