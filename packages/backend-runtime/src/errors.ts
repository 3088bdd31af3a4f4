import { BulkheadError, describeThrown, ProblemsError, type Problem } from '@bulkhead/errors';

// The life of a backend

/** `add`, `plan` or `start` after the moment when they were possible. */
export function alreadyStarted(what: string): BulkheadError {
  return new BulkheadError(
    'ERR_RUNTIME_ALREADY_STARTED',
    `${what} is not possible once the backend is planned or started`,
    {
      hint: 'Call backend.add() for every feature first, then backend.start() once.',
    },
  );
}

/** Something was asked of a backend that has been stopped. */
export function backendStopped(what: string): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_STOPPED', `${what} is not possible once the backend has been stopped`, {
    hint: 'Create another backend.',
  });
}

/** `stop` was called while `start` was under way. */
export function startInterrupted(): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_START_INTERRUPTED', 'The backend was stopped while it was starting');
}

/** A lifecycle hook that was added too late. */
export function lifecycleOver(kind: string, owner: string): BulkheadError {
  return new BulkheadError(
    'ERR_RUNTIME_LIFECYCLE_OVER',
    `A ${kind} hook of ${owner} was added after these hooks had run`,
    {
      hint: 'Add hooks while services are made or in an init.',
    },
  );
}

/** Everything that keeps the host from starting, found before anything was started. */
export function invalidPlan(problems: readonly Problem[]): ProblemsError {
  const count = problems.length === 1 ? 'There is 1 problem' : `There are ${problems.length} problems`;
  return new ProblemsError('ERR_RUNTIME_INVALID_PLAN', `The backend cannot start. ${count}:`, problems);
}

/** Why a plugin or module was left out before anything was started. */
export function leftOut(owner: string, problems: readonly Problem[]): ProblemsError {
  return new ProblemsError('ERR_RUNTIME_LEFT_OUT', `${owner} was left out, as the failure policy allows:`, problems, {
    hint: 'Mend the problems, or set backend.startup so that the host stops when it finds them.',
  });
}

/** Something was not over in time. `what` names it and says what it was doing. */
export function deadlineExceeded(what: string, timeout: number, setting?: string): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_DEADLINE_EXCEEDED', `${what} did not end within ${timeout} ms`, {
    hint: setting && `Find out what it waits for, or allow more time with ${setting}.`,
  });
}

/** A plugin or module that did not come up in time. `doing` says what it was doing, as the rest of a sentence. */
export function startTimedOut(
  what: string,
  doing: string,
  limit: { timeout: number; pluginId: string },
): BulkheadError {
  const { timeout, pluginId } = limit;
  return new BulkheadError('ERR_RUNTIME_START_TIMEOUT', `${what} did not start within ${timeout} ms: ${doing}`, {
    hint: `Find out what it waits for, or allow more time with backend.startup.plugins.${pluginId}.timeout.`,
  });
}

// Services

/** A factory, or something that it needs, failed. The cause tells. */
export function serviceFailed(id: string, pluginId: string | undefined, cause: unknown): BulkheadError {
  const owner = pluginId === undefined ? '' : ` for plugin '${pluginId}'`;
  return new BulkheadError('ERR_RUNTIME_SERVICE_FAILED', `Service '${id}' could not be created${owner}`, { cause });
}

/** What all plugins share of a plugin service could not be made. */
export function rootContextFailed(id: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_SERVICE_FAILED', `The root context of service '${id}' could not be created`, {
    cause,
  });
}

/** A factory needs services that nobody provides. */
export function missingDependencies(
  id: string,
  pluginId: string | undefined,
  missing: readonly string[],
): BulkheadError {
  const owner = pluginId === undefined ? '' : ` for plugin '${pluginId}'`;
  const names = missing.map((name) => `'${name}'`).join(', ');
  return new BulkheadError(
    'ERR_RUNTIME_MISSING_SERVICE',
    `Service '${id}'${owner} needs ${names}, which nobody provides`,
    {
      hint: 'Add a factory for it with backend.add().',
    },
  );
}

/** A root service asks for a plugin service. */
export function rootNeedsPluginService(id: string, dependency: string): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_SCOPE', `Root service '${id}' needs plugin service '${dependency}'`, {
    hint: `There is one '${id}' for all plugins: let it depend on root services only, or make it a plugin service.`,
  });
}

/** A plugin service was asked for outside of any plugin. */
export function pluginIdRequired(id: string): BulkheadError {
  return new BulkheadError(
    'ERR_RUNTIME_PLUGIN_ID_REQUIRED',
    `Service '${id}' exists once per plugin, and none was named`,
    {
      hint: 'Say for which plugin: container.get(ref, pluginId).',
    },
  );
}

/** Services that need each other. */
export function serviceCycle(rings: readonly (readonly string[])[]): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_SERVICE_CYCLE', `Services need each other: ${formatRings(rings)}`, {
    hint: 'Break the ring: move what both need into a third service.',
  });
}

/** A graph that has no order. */
export function dependencyCycle(rings: readonly (readonly string[])[]): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_DEPENDENCY_CYCLE', `There is no order: ${formatRings(rings)}`);
}

/** A second factory for a service that can only have one. */
export function duplicateService(id: string): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_DUPLICATE_SERVICE', `Service '${id}' is provided twice`, {
    hint: 'Remove one of the factories, or make the service a multiton.',
  });
}

/** A factory for a service of which an instance exists. */
export function serviceAlreadyCreated(id: string): BulkheadError {
  return new BulkheadError(
    'ERR_RUNTIME_SERVICE_ALREADY_CREATED',
    `Service '${id}' exists already and cannot be replaced`,
    {
      hint: 'Add the factory with backend.add(), so that it is known before anything is created.',
    },
  );
}

/** The default factory of a ref could not be had. */
export function defaultFactoryFailed(id: string, cause: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_RUNTIME_DEFAULT_FACTORY',
    `The default factory of service '${id}' could not be loaded`,
    {
      cause,
    },
  );
}

/** The default factory of a ref is for something else, or is no factory. */
export function defaultFactoryMismatch(id: string, provided: unknown): BulkheadError {
  const what = typeof provided === 'string' ? `provides '${provided}'` : 'is not a service factory';
  return new BulkheadError('ERR_RUNTIME_DEFAULT_FACTORY', `The default factory of service '${id}' ${what}`, {
    hint: 'Return createServiceFactory({ service: ref, … }) with the ref that is passed in.',
  });
}

/** A service was asked for while the host stops. */
export function containerClosed(id: string): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_CONTAINER_CLOSED', `Service '${id}' cannot be created: the host is stopping`);
}

/** `'a' -> 'b' -> 'a'`, several separated by commas. */
export function formatRings(rings: readonly (readonly string[])[]): string {
  return rings.map((ring) => ring.map((name) => `'${name}'`).join(' -> ')).join(', ');
}

// Features

/** A feature loader whose `load` gives something else than a list. */
export function loaderReturned(value: unknown): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_LOADER_FAILED', `it returned ${typeof value} instead of a list of features`, {
    hint: 'Make the loader with createBackendFeatureLoader().',
  });
}

// Faults

/** Something that is no error was thrown. */
export function thrownValue(value: unknown): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_NO_ERROR_THROWN', describeThrown(value), {
    hint: 'Throw an Error, so that the place of the fault is known.',
  });
}

/** One of the faults for which a start-up failed. */
export function startupFault(what: string, cause: Error): BulkheadError {
  return new BulkheadError('ERR_RUNTIME_STARTUP_FAULT', `${what} failed to start`, { cause });
}
