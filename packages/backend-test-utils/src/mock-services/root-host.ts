import type { HostPhase, PluginPhase, PluginState, RootHostService, StartupReport } from '@bulkhead/backend-plugin-api';
import { describeThrown } from '@bulkhead/errors';
import { recordCalls, type Recorded } from '../recorded-calls.ts';

/** How many faults of a plugin are kept. */
const MAX_FAULTS = 10;

/** Where a mock host stands. */
export interface MockRootHostOptions {
  /** Defaults to `ready`. */
  readonly phase?: HostPhase;
  /** Phase by plugin id. Defaults to no plugins. */
  readonly plugins?: Readonly<Record<string, PluginPhase>>;
  readonly startupReport?: StartupReport;
}

/** A host that stands where the test puts it. */
export type MockRootHost = Recorded<
  RootHostService,
  {
    setPhase(phase: HostPhase): void;
    /** Adds a plugin, or moves it. */
    setPluginPhase(pluginId: string, phase: PluginPhase, failure?: Error): void;
  }
>;

/** @internal */
export function createMockRootHost({
  phase = 'ready',
  plugins = {},
  startupReport,
}: MockRootHostOptions): MockRootHost {
  const host = new MovableHost(phase, startupReport);
  for (const [pluginId, pluginPhase] of Object.entries(plugins)) host.change(pluginId, { phase: pluginPhase });
  return recordCalls<RootHostService, Pick<MockRootHost, 'setPhase' | 'setPluginPhase'>>(host, {
    setPhase: (next) => host.setPhase(next),
    setPluginPhase: (pluginId, next, failure) => host.change(pluginId, { phase: next, failure }),
  });
}

class MovableHost implements RootHostService {
  #phase: HostPhase;
  readonly #startupReport: StartupReport | undefined;
  readonly #plugins = new Map<string, PluginState>();
  readonly #listeners = new Set<(pluginId: string | undefined) => void>();

  constructor(phase: HostPhase, startupReport: StartupReport | undefined) {
    this.#phase = phase;
    this.#startupReport = startupReport;
  }

  getPhase(): HostPhase {
    return this.#phase;
  }

  getPlugins(): readonly PluginState[] {
    return [...this.#plugins.values()];
  }

  getPlugin(pluginId: string): PluginState | undefined {
    return this.#plugins.get(pluginId);
  }

  getStartupReport(): StartupReport | undefined {
    return this.#startupReport;
  }

  onChange(listener: (pluginId: string | undefined) => void): () => void {
    const entry = (pluginId: string | undefined): void => listener(pluginId);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  reportFault(pluginId: string, error: unknown): void {
    const state = this.#plugins.get(pluginId);
    if (!state) return;
    const fault = { at: new Date(), error: error instanceof Error ? error : new TypeError(describeThrown(error)) };
    this.change(pluginId, {
      faults: [...state.faults, fault].slice(-MAX_FAULTS),
      faultCount: state.faultCount + 1,
    });
  }

  setPhase(phase: HostPhase): void {
    this.#phase = phase;
    this.#tell(undefined);
  }

  change(pluginId: string, change: Partial<PluginState>): void {
    const before = this.#plugins.get(pluginId) ?? { pluginId, phase: 'waiting', faults: [], faultCount: 0 };
    this.#plugins.set(pluginId, { ...before, ...change });
    this.#tell(pluginId);
  }

  #tell(pluginId: string | undefined): void {
    for (const listener of [...this.#listeners]) listener(pluginId);
  }
}
