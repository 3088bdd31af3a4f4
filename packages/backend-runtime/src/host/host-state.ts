import type {
  HostPhase,
  InstalledPlugin,
  LoggerService,
  PluginPhase,
  PluginState,
  RootHostService,
  StartupReport,
} from '@bulkhead/backend-plugin-api';
import { toError } from './to-error.ts';

/** How many of a plugin's faults are kept. */
const KEPT_FAULTS = 10;

/** What the host knows about itself. The runtime writes it; everybody else reads it as `coreServices.rootHost`. */
export class HostState implements RootHostService {
  readonly #plugins = new Map<string, PluginState>();
  readonly #listeners = new Set<(pluginId: string | undefined) => void>();
  readonly #logger: LoggerService;
  #snapshot: readonly PluginState[] | undefined;
  #phase: HostPhase = 'starting';
  #report: StartupReport | undefined;
  #installed: readonly InstalledPlugin[] = [];

  constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  getPhase(): HostPhase {
    return this.#phase;
  }

  getPlugins(): readonly PluginState[] {
    return (this.#snapshot ??= [...this.#plugins.values()]);
  }

  getPlugin(pluginId: string): PluginState | undefined {
    return this.#plugins.get(pluginId);
  }

  getStartupReport(): StartupReport | undefined {
    return this.#report;
  }

  onChange(listener: (pluginId: string | undefined) => void): () => void {
    // Wrapped, so that one function can listen twice.
    const entry = (pluginId: string | undefined): void => listener(pluginId);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  reportFault(pluginId: string, error: unknown): void {
    const fault = toError(error);
    this.#logger.child({ plugin: pluginId }).error(`Plugin '${pluginId}' has a fault`, fault);
    const state = this.#plugins.get(pluginId);
    if (!state) return;
    this.#set({
      ...state,
      faults: [...state.faults, { at: new Date(), error: fault }].slice(-KEPT_FAULTS),
      faultCount: state.faultCount + 1,
    });
  }

  /** What is installed in this process, for the instance metadata. */
  getInstalled(): readonly InstalledPlugin[] {
    return this.#installed;
  }

  setInstalled(installed: readonly InstalledPlugin[]): void {
    this.#installed = installed;
    for (const { pluginId } of installed) this.addPlugin(pluginId, 'waiting');
  }

  addPlugin(pluginId: string, phase: PluginPhase, failure?: Error): void {
    this.#set({ pluginId, phase, ...(failure && { failure }), faults: [], faultCount: 0 });
  }

  setPhase(phase: HostPhase): void {
    this.#phase = phase;
    this.#notify(undefined);
  }

  setPluginPhase(pluginId: string, phase: PluginPhase, failure?: Error): void {
    const state = this.#plugins.get(pluginId);
    if (state) this.#set({ ...state, phase, ...(failure && { failure }) });
  }

  setStartupReport(report: StartupReport): void {
    this.#report = report;
  }

  #set(state: PluginState): void {
    this.#plugins.set(state.pluginId, state);
    this.#snapshot = undefined;
    this.#notify(state.pluginId);
  }

  #notify(pluginId: string | undefined): void {
    for (const listener of this.#listeners) {
      try {
        listener(pluginId);
      } catch (error) {
        this.#logger.error('A listener of the host failed', toError(error));
      }
    }
  }
}
