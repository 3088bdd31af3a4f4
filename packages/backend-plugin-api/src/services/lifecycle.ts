import type { LoggerService } from './logger.ts';

/** Work at an edge of the lifecycle. */
export type LifecycleHook = () => void | Promise<void>;

/** How a hook is run. */
export interface LifecycleHookOptions {
  /** Logs the hook's failure; defaults to the logger of the plugin or the process. */
  readonly logger?: LoggerService;
}

/** Hooks into the life of one plugin. */
export interface LifecycleService {
  /**
   * Runs after the plugin's init and its modules' inits. The plugin answers requests only once its hooks have ended. A
   * hook that fails is logged and does not stop the others.
   *
   * @throws BulkheadError `ERR_RUNTIME_LIFECYCLE_OVER` when the plugin has already started.
   */
  addStartupHook(hook: LifecycleHook, options?: LifecycleHookOptions): void;
  /** Runs when the plugin stops, in reverse order of registration, each within the configured deadline. */
  addShutdownHook(hook: LifecycleHook, options?: LifecycleHookOptions): void;
}

/** Hooks into the life of the process. */
export interface RootLifecycleService extends LifecycleService {
  /** Runs as soon as the process is told to stop, while requests are still being answered. */
  addBeforeShutdownHook(hook: LifecycleHook, options?: LifecycleHookOptions): void;
  /**
   * Runs after the before-shutdown hooks and the configured delay (`backend.lifecycle.serverShutdownDelay`), and ends
   * before the first plugin's shutdown hook begins: the place to take no new work and to finish what is under way, as
   * the HTTP server does.
   */
  addDrainHook(hook: LifecycleHook, options?: LifecycleHookOptions): void;
}
