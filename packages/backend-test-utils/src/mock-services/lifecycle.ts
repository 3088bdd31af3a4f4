import type { LifecycleHook, LifecycleService, RootLifecycleService } from '@bulkhead/backend-plugin-api';
import { lifecycleOver } from '../errors.ts';
import { recordCalls, type Recorded } from '../recorded-calls.ts';

/** How a test moves a mock lifecycle. A hook that fails makes the run reject, after all hooks have had their turn. */
export interface MockLifecycleControl {
  /** Runs the startup hooks, side by side. Afterwards, no more can be added. */
  runStartupHooks(): Promise<void>;
  /** Runs the shutdown hooks, the one added last first. */
  runShutdownHooks(): Promise<void>;
}

/** How a test moves the mock lifecycle of a process. */
export interface MockRootLifecycleControl extends MockLifecycleControl {
  /** Runs the before-shutdown hooks, side by side. */
  runBeforeShutdownHooks(): Promise<void>;
  /** Runs the drain hooks, side by side. */
  runDrainHooks(): Promise<void>;
}

/** A lifecycle that the test moves. */
export type MockLifecycle = Recorded<LifecycleService, MockLifecycleControl>;

/** The lifecycle of a process that the test moves. */
export type MockRootLifecycle = Recorded<RootLifecycleService, MockRootLifecycleControl>;

/** @internal */
export function createMockLifecycle(): MockLifecycle {
  const hooks = new HookLists();
  return recordCalls<LifecycleService, MockLifecycleControl>(
    {
      addStartupHook: (hook) => hooks.addStartupHook(hook),
      addShutdownHook: (hook) => hooks.addShutdownHook(hook),
    },
    {
      runStartupHooks: () => hooks.runStartupHooks(),
      runShutdownHooks: () => hooks.runShutdownHooks(),
    },
  );
}

/** @internal */
export function createMockRootLifecycle(): MockRootLifecycle {
  const hooks = new HookLists();
  return recordCalls<RootLifecycleService, MockRootLifecycleControl>(
    {
      addStartupHook: (hook) => hooks.addStartupHook(hook),
      addShutdownHook: (hook) => hooks.addShutdownHook(hook),
      addBeforeShutdownHook: (hook) => void hooks.beforeShutdown.push(hook),
      addDrainHook: (hook) => void hooks.drain.push(hook),
    },
    {
      runStartupHooks: () => hooks.runStartupHooks(),
      runShutdownHooks: () => hooks.runShutdownHooks(),
      runBeforeShutdownHooks: () => runSideBySide(hooks.beforeShutdown.splice(0)),
      runDrainHooks: () => runSideBySide(hooks.drain.splice(0)),
    },
  );
}

class HookLists {
  readonly beforeShutdown: LifecycleHook[] = [];
  readonly drain: LifecycleHook[] = [];
  readonly #startup: LifecycleHook[] = [];
  readonly #shutdown: LifecycleHook[] = [];
  #started = false;

  addStartupHook(hook: LifecycleHook): void {
    if (this.#started) throw lifecycleOver();
    this.#startup.push(hook);
  }

  addShutdownHook(hook: LifecycleHook): void {
    this.#shutdown.push(hook);
  }

  async runStartupHooks(): Promise<void> {
    this.#started = true;
    await runSideBySide(this.#startup.splice(0));
  }

  async runShutdownHooks(): Promise<void> {
    const failures: unknown[] = [];
    for (const hook of this.#shutdown.splice(0).reverse()) {
      await Promise.resolve()
        .then(hook)
        .catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}

async function runSideBySide(hooks: readonly LifecycleHook[]): Promise<void> {
  const results = await Promise.allSettled(hooks.map(async (hook) => hook()));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}
