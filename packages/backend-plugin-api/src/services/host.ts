/** Where the process stands: on its way up, serving, on its way down, down. */
export type HostPhase = 'starting' | 'ready' | 'draining' | 'stopped';

/** Where a plugin stands. `failed` plugins were left out by the failure policy and answer 503. */
export type PluginPhase = 'waiting' | 'starting' | 'ready' | 'failed' | 'stopping' | 'stopped';

/** A fault that arose in a plugin after its init, such as a rejection that nobody handled. */
export interface PluginFault {
  readonly at: Date;
  readonly error: Error;
}

/** What the host knows about one plugin. */
export interface PluginState {
  readonly pluginId: string;
  readonly phase: PluginPhase;
  /** Why the plugin failed to start. */
  readonly failure?: Error;
  /** The latest faults, oldest first, at most ten. */
  readonly faults: readonly PluginFault[];
  /** How many faults there have been in all. */
  readonly faultCount: number;
}

/** One timed step of the start-up. */
export interface StartupStep {
  /** What was started: `service`, `plugin` or `module`. */
  readonly type: 'service' | 'plugin' | 'module';
  /** The service, plugin or module id. */
  readonly id: string;
  /** The plugin that a module or a plugin-scoped service belongs to. */
  readonly pluginId?: string;
  /** Milliseconds since the start-up began. */
  readonly startedAt: number;
  /** Milliseconds that the step took, what it waited for not included. */
  readonly duration: number;
  /** Ids of the steps that had to end before this one could begin. */
  readonly waitedFor: readonly string[];
  readonly outcome: 'success' | 'failure';
  /** Why it failed, in one line. */
  readonly reason?: string;
}

/** Why a plugin or a module did not start. */
export interface StartupFailure {
  readonly error: Error;
  /** Whether the failure policy (`backend.startup`) lets the host go on without it. */
  readonly allowed: boolean;
}

/** How the start of one module ended. */
export interface ModuleStartupResult {
  readonly moduleId: string;
  readonly resultAt: Date;
  readonly failure?: StartupFailure;
}

/** How the start of one plugin ended. */
export interface PluginStartupResult {
  readonly pluginId: string;
  readonly resultAt: Date;
  readonly failure?: StartupFailure;
  /** In the order in which they ended. */
  readonly modules: readonly ModuleStartupResult[];
}

/** How the start-up went. */
export interface StartupReport {
  readonly beginAt: Date;
  readonly resultAt: Date;
  readonly outcome: 'success' | 'failure';
  /** In the order in which they ended. */
  readonly plugins: readonly PluginStartupResult[];
  /** What was done, in the order in which it began. */
  readonly steps: readonly StartupStep[];
}

/** What the host knows about itself. Provided by the runtime. */
export interface RootHostService {
  getPhase(): HostPhase;
  /** All plugins of this process in the order in which they were added. */
  getPlugins(): readonly PluginState[];
  /** One plugin; `undefined` when no such plugin is installed. */
  getPlugin(pluginId: string): PluginState | undefined;
  /** How the start-up went; `undefined` until it has ended. */
  getStartupReport(): StartupReport | undefined;
  /**
   * Calls `listener` after each change of a phase or a new fault, until the returned function is called. The listener
   * learns which plugin changed; `undefined` when it was the host itself.
   */
  onChange(listener: (pluginId: string | undefined) => void): () => void;
  /** Records a fault of a plugin: it is logged with the plugin's id and shows in its health. */
  reportFault(pluginId: string, error: unknown): void;
}
