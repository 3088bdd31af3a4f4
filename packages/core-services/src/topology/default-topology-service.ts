import type { LoggerService, RootHostService } from '@bulkhead/backend-plugin-api';
import { equalTrees, type Config } from '@bulkhead/config';
import type { JsonValue } from '@bulkhead/types';
import type { DiscoveryEndpointsService } from '../discovery/discovery-endpoints.ts';
import { invalidTopology } from './errors.ts';
import { selectProcess, type ProcessSelection } from './process-selection.ts';
import { readTopology } from './read-topology.ts';
import { doorOf, processOf, type Topology } from './topology.ts';
import type { OwnProcess, PluginLocation, TopologyService } from './topology-service.ts';

/** What {@link DefaultTopologyService} is made of. */
export interface DefaultTopologyServiceOptions {
  readonly config: Config;
  /** Knows the plugins of this process. */
  readonly host: RootHostService;
  /** Knows where plugins are that no process of the topology runs. */
  readonly endpoints: DiscoveryEndpointsService;
  /** Which process of the topology this one is. Default: it runs everything, and `topology` does not count. */
  readonly selection?: ProcessSelection;
  /** Told when a changed configuration cannot be used. */
  readonly logger: LoggerService;
}

/** What the configuration says at the moment. */
interface TopologyState {
  readonly topology: Topology;
  readonly own: OwnProcess;
  readonly forwards: boolean;
}

/**
 * Finds plugins in this process if it has them, else where `topology` says, else where `discovery.endpoints` does.
 * Without a selected process, `discovery.endpoints` comes first, as it always has.
 *
 * Follows the configuration: other processes may move. What this one runs, and where it listens, stays until it is
 * started anew.
 */
export class DefaultTopologyService implements TopologyService {
  readonly #options: DefaultTopologyServiceOptions;
  readonly #own: OwnProcess | undefined;
  #state: TopologyState | undefined;
  readonly #locations = new Map<string, PluginLocation>();

  /** @throws ProblemsError `ERR_TOPOLOGY_CONFIG` */
  constructor(options: DefaultTopologyServiceOptions) {
    this.#options = options;
    this.#state = this.#read();
    this.#own = this.#state?.own;
    options.config.subscribe?.(() => this.#follow());
  }

  get processName(): string | undefined {
    return this.#own?.name;
  }

  get own(): OwnProcess | undefined {
    return this.#own;
  }

  get forwards(): boolean {
    return this.#state?.forwards ?? false;
  }

  get door(): string | undefined {
    return this.#state && doorOf(this.#state.topology);
  }

  locate(pluginId: string): PluginLocation | undefined {
    const known = this.#locations.get(pluginId);
    if (known) return known;
    const found = this.#find(pluginId);
    // Where one entry stands for all plugins, anybody can ask for any number of them.
    if (this.#locations.size >= MOST_LOCATIONS) this.#locations.clear();
    if (found) this.#locations.set(pluginId, found);
    return found;
  }

  getPluginIds(): readonly string[] {
    const { host, endpoints } = this.#options;
    const local = host.getPlugins().map(({ pluginId }) => pluginId);
    const placed = this.#state?.topology.processes.flatMap(({ plugins }) => plugins) ?? [];
    return [...new Set([...local, ...placed, ...endpoints.getPluginIds()])];
  }

  #find(pluginId: string): PluginLocation | undefined {
    const { host, endpoints } = this.#options;
    const isLocal = host.getPlugin(pluginId) !== undefined;
    if (!this.#state) return endpoints.locate(pluginId) ?? (isLocal ? LOCAL : undefined);
    if (isLocal) return LOCAL;
    const process = processOf(this.#state.topology, pluginId);
    if (!process) return endpoints.locate(pluginId);
    // It should run here, and does not: the topology has changed since the start.
    if (process.name === this.#own?.name) return undefined;
    const baseUrls = process.replicas.map(({ baseUrl }) => `${baseUrl}/api/${encodeURIComponent(pluginId)}`);
    return { type: 'remote', process: process.name, baseUrls };
  }

  #follow(): void {
    // Whatever becomes of the topology, discovery.endpoints may have changed.
    this.#locations.clear();
    try {
      const before = this.#state;
      this.#state = this.#read();
      if (before && this.#state && !isSameProcess(before, this.#state)) {
        this.#options.logger.warn(
          `What process '${before.own.name}' runs, or where it listens, has changed in the topology; that takes its next start`,
        );
      }
    } catch (error) {
      this.#options.logger.error('The changed topology is not used', error as Error);
    }
  }

  #read(): TopologyState | undefined {
    const { config, selection } = this.#options;
    if (!selection) return undefined;
    const { topology, problems } = readTopology(config);
    if (problems.length > 0) throw invalidTopology(problems);
    const selected = selectProcess(topology, selection);
    if (selected.problem) throw invalidTopology([selected.problem]);
    const { process, replica } = selected;
    const { name, replicas, forwards } = process;
    return {
      topology: topology!,
      forwards,
      own: { name, replica, replicas: replicas.length, ...replicas[replica - 1]! },
    };
  }
}

/** Whether a process need not be started anew. That it forwards, or no longer does, it learns while it runs. */
function isSameProcess(before: TopologyState, now: TopologyState): boolean {
  const essence = ({ topology, own }: TopologyState): JsonValue => [
    { ...own.listen },
    topology.processes.find(({ name }) => name === own.name)!.plugins.toSorted(),
  ];
  return equalTrees(essence(before), essence(now));
}

const MOST_LOCATIONS = 10_000;
const LOCAL: PluginLocation = { type: 'local' };
