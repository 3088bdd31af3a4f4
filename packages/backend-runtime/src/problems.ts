import { isErrorLike, nearestName, type Problem, type ProblemSource } from '@bulkhead/errors';
import { formatRings } from './errors.ts';
import type { FeatureOrigin } from './intake/normal-feature.ts';

/**
 * Something that is wrong with what was put together. A problem of one plugin or module says so: the failure policy
 * (`backend.startup`) may then leave it out and go on. All others stop the host.
 */
export interface PlanProblem extends Problem {
  /** The plugin at fault, if it is the fault of one. */
  readonly pluginId?: string;
  /** The module at fault, within `pluginId`. */
  readonly moduleId?: string;
  /** What was thrown, if something was. */
  readonly cause?: unknown;
}

/** The plugin or module that a problem is charged to. */
export interface Owner {
  readonly pluginId: string;
  readonly moduleId?: string;
}

/** `plugin 'todo'` or `module 'audit' of plugin 'todo'`. */
export function describeOwner({ pluginId, moduleId }: Owner): string {
  return moduleId === undefined ? `plugin '${pluginId}'` : `module '${moduleId}' of plugin '${pluginId}'`;
}

// Features as they come in

/** An `import()`, or another promise handed to `backend.add()`, that rejected or did not settle. */
export function importFailed(origin: FeatureOrigin, cause: unknown, pluginId: string | undefined): PlanProblem {
  return {
    code: 'ERR_RUNTIME_IMPORT_FAILED',
    message: `${sentence(describeOrigin(origin))} could not be loaded: ${messageOf(cause)}`,
    hint: 'Is the package installed and built? The message is that of the import.',
    pluginId,
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
export function invalidId(origin: FeatureOrigin, kind: string, id: unknown, owner?: Owner): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_ID',
    message: `${JSON.stringify(id)} cannot be the id of a ${kind} (${describeOrigin(origin)})`,
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

// Services

/** A service that nobody provides; `path` leads to it from whoever starts the chain. */
export function missingService(
  id: string,
  path: readonly string[],
  known: Iterable<string>,
  owner?: Owner,
): PlanProblem {
  const nearest = nearestName(id, known);
  return {
    code: 'ERR_RUNTIME_MISSING_SERVICE',
    message: `Nobody provides service '${id}': ${[...path, '?'].join(' -> ')}`,
    hint: nearest
      ? `Did you mean '${nearest}'?`
      : 'Add a factory for it with backend.add(), or a defaultFactory to its ref.',
    path: [...path, id],
    ...owner,
  };
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
export function duplicateServiceProblem(id: string, how: string): PlanProblem {
  return {
    code: 'ERR_RUNTIME_DUPLICATE_SERVICE',
    message: `Service '${id}' is provided twice ${how}`,
    hint: 'Remove one of the factories, or make the service a multiton.',
  };
}

/** A loader yields a service that was needed to load it. */
export function serviceAlreadyCreatedProblem(id: string, loader: string): PlanProblem {
  return {
    code: 'ERR_RUNTIME_SERVICE_ALREADY_CREATED',
    message: `Service '${id}' comes from the feature ${loader}, but a loader has already made use of another one`,
    hint: `Add the factory with backend.add(), so that it is known before any loader runs.`,
  };
}

/** A factory for a service that only the runtime can provide. */
export function reservedService(id: string): PlanProblem {
  return {
    code: 'ERR_RUNTIME_RESERVED_SERVICE',
    message: `Service '${id}' is provided by the runtime and cannot be overridden`,
    hint: 'Remove the factory; wrap the service in one of your own if it should behave differently.',
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

// Plugins, modules and extension points

/** Two plugins under one id. */
export function duplicatePlugin(pluginId: string, origins: readonly FeatureOrigin[]): PlanProblem {
  return {
    code: 'ERR_RUNTIME_DUPLICATE_PLUGIN',
    message: `Plugin '${pluginId}' is installed more than once: ${origins.map(describeOrigin).join(', ')}`,
    hint: `Remove one, or install it under another id: backend.add(import('…'), { pluginId: '${pluginId}-2' }).`,
    pluginId,
    ...sourceOf(origins.at(-1)),
  };
}

/** Two modules of a plugin under one id. */
export function duplicateModule(owner: Required<Owner>, origins: readonly FeatureOrigin[]): PlanProblem {
  return {
    code: 'ERR_RUNTIME_DUPLICATE_MODULE',
    message: `${sentence(describeOwner(owner))} is installed more than once: ${origins.map(describeOrigin).join(', ')}`,
    hint: 'Remove one, or let it join another instance of the plugin with { pluginId }.',
    ...owner,
    ...sourceOf(origins.at(-1)),
  };
}

/** A module whose plugin is not there. */
export function missingPlugin(owner: Required<Owner>, origin: FeatureOrigin, known: Iterable<string>): PlanProblem {
  const nearest = nearestName(owner.pluginId, known);
  return {
    code: 'ERR_RUNTIME_MISSING_PLUGIN',
    message: `There is no plugin '${owner.pluginId}' for its module '${owner.moduleId}' (${describeOrigin(origin)})`,
    hint: nearest
      ? `Did you mean plugin '${nearest}'? Let the module join it: backend.add(…, { pluginId: '${nearest}' }).`
      : `Add the plugin, or remove the module.`,
    ...owner,
    ...sourceOf(origin),
  };
}

/** An extension point id that another plugin, or another feature of the same plugin, offers. */
export function duplicateExtensionPoint(id: string, owner: Owner, first: Owner): PlanProblem {
  return {
    code: 'ERR_RUNTIME_DUPLICATE_EXTENSION_POINT',
    message: `Extension point '${id}' of ${describeOwner(owner)} is already registered by ${describeOwner(first)}`,
    hint: 'Prefix the id with the id of its plugin, and register it once.',
    ...owner,
  };
}

/** A module that asks for the extension point of another plugin. */
export function foreignExtensionPoint(id: string, owner: Owner, provider: Owner): PlanProblem {
  return {
    code: 'ERR_RUNTIME_FOREIGN_EXTENSION_POINT',
    message: `${sentence(describeOwner(owner))} needs extension point '${id}', which belongs to ${describeOwner(provider)}`,
    hint: `A module extends one plugin: make it a module of '${provider.pluginId}', or let the plugins talk over HTTP.`,
    path: [describeOwner(owner), id],
    ...owner,
  };
}

/** An extension point that nobody registers, or one that a plugin asks for. */
export function unknownExtensionPoint(id: string, owner: Owner, known: Iterable<string>): PlanProblem {
  const nearest = nearestName(id, known);
  return {
    code: 'ERR_RUNTIME_UNKNOWN_EXTENSION_POINT',
    message: `Nobody registers extension point '${id}': ${describeOwner(owner)} -> ?`,
    hint: nearest ? `Did you mean '${nearest}'?` : `Register it in plugin '${owner.pluginId}', or drop the dependency.`,
    path: [describeOwner(owner), id],
    ...owner,
  };
}

/** A plugin that asks for an extension point. */
export function extensionPointOfPlugin(id: string, owner: Owner): PlanProblem {
  return {
    code: 'ERR_RUNTIME_UNKNOWN_EXTENSION_POINT',
    message: `${sentence(describeOwner(owner))} depends on extension point '${id}', which only modules can`,
    hint: 'A plugin registers extension points for its modules; keep what they leave there in a variable of register.',
    path: [describeOwner(owner), id],
    ...owner,
  };
}

/** Modules of which each must start before the other. */
export function moduleCycle(pluginId: string, ring: readonly string[]): PlanProblem {
  return {
    code: 'ERR_RUNTIME_MODULE_CYCLE',
    message: `Modules of plugin '${pluginId}' wait for each other: ${formatRings([ring])}`,
    hint: 'A module that registers an extension point starts after all modules that use it: break the ring.',
    path: ring,
    pluginId,
  };
}

// Settings and checks

/** A key of `backend.startup` or `backend.lifecycle` that cannot be used. */
export function invalidSetting(path: string, cause: unknown): PlanProblem {
  return {
    code: 'ERR_RUNTIME_INVALID_SETTING',
    message: `The configuration ${path} cannot be used: ${messageOf(cause)}`,
    hint: hintOf(cause),
    path: path.split('.'),
    cause,
  };
}

/** A check of the assembly that threw. */
export function checkFailed(cause: unknown): PlanProblem {
  return { code: 'ERR_RUNTIME_CHECK_FAILED', message: `A check of the plan failed: ${messageOf(cause)}`, cause };
}

// Words

/** How a feature got here: `the 3rd feature added`, with the loaders that yielded it. */
export function describeOrigin({ position, loaders }: FeatureOrigin): string {
  const added = `feature ${position} in the order of backend.add()`;
  return loaders.length === 0 ? added : `${added}, from the ${loaders.join(', from the ')}`;
}

/** The message of anything that can be thrown. */
export function messageOf(error: unknown): string {
  return isErrorLike(error) ? error.message : `${JSON.stringify(error) ?? String(error)} was thrown`;
}

function causesOf(error: unknown): unknown[] {
  const causes = new Set<unknown>();
  for (let each = error; isErrorLike(each) && each.cause !== undefined && !causes.has(each.cause); each = each.cause) {
    causes.add(each.cause);
  }
  return [...causes];
}

function hintOf(error: unknown): string | undefined {
  const hint = isErrorLike(error) ? (error as { hint?: unknown }).hint : undefined;
  return typeof hint === 'string' ? hint : undefined;
}

/** The text with a capital letter. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sourceOf(origin: FeatureOrigin | undefined): { source?: ProblemSource } {
  const declaredAt = origin?.declaredAt?.();
  const [, file, line, column] = declaredAt?.match(/^(.*):(\d+):(\d+)$/) ?? [];
  return file === undefined ? {} : { source: { file, line: Number(line), column: Number(column) } };
}
