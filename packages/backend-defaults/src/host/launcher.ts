import type { StartupReport } from '@bulkhead/backend-plugin-api';
import type { Backend } from '@bulkhead/backend-runtime';
import type { DeploymentKind } from '../checks/deployment.ts';

/** Takes over the start of a backend, for a command that wants to look at a host instead of running it. */
export interface Launcher {
  /** Called in place of `backend.start()`. */
  start(backend: Backend): Promise<void>;
  /** The kind of deployment that plugins must suit. Default: what the configuration describes. */
  readonly deployment?: DeploymentKind;
}

// Kept on globalThis: the command and the host may each have their own copy of this package.
const KEY = Symbol.for('@bulkhead/launcher');
const globals = globalThis as { [KEY]?: Launcher };

/**
 * Runs `fn`, and gives every backend that is started meanwhile to `launcher`.
 *
 * @example
 * ```ts
 * await withLauncher({ start: async backend => print(await backend.plan()) }, () => import('./host.js'));
 * ```
 */
export async function withLauncher<T>(launcher: Launcher, fn: () => Promise<T>): Promise<T> {
  const previous = globals[KEY];
  globals[KEY] = launcher;
  try {
    return await fn();
  } finally {
    if (previous) globals[KEY] = previous;
    else delete globals[KEY];
  }
}

/** The launcher that is in force, if any. */
export function currentLauncher(): Launcher | undefined {
  return globals[KEY];
}

/** The backend whose start the launcher takes over. For the host file it looks as if nothing had to be started. */
export function launchedBy(launcher: Launcher, backend: Backend): Backend {
  return withStart(backend, async () => {
    const now = new Date();
    await launcher.start(backend);
    return { beginAt: now, resultAt: now, outcome: 'success', plugins: [], steps: [] };
  });
}

/** The same backend with another start. */
export function withStart(backend: Backend, start: () => Promise<StartupReport>): Backend {
  return {
    add: (feature, options) => backend.add(feature, options),
    plan: () => backend.plan(),
    stop: () => backend.stop(),
    start,
  };
}
