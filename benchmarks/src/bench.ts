import { join } from 'node:path';
import { startHost, type HostOptions, type HostProcess } from './host-process.ts';
import type { Bench, Contestants, Hosts, Samples } from './suite.ts';

/** The root of the repository that this file belongs to. */
export const PRESENT_TREE = join(import.meta.dirname, '../..');

/** What a run is like. */
export interface BenchOptions {
  readonly isQuick: boolean;
  /** The tree whose hosts are measured. Default: the one that this file belongs to. */
  readonly tree?: string;
  /** Contestants that take no part. */
  readonly absent?: readonly string[];
  /** How many rounds count, where a suite names a number that is usual. */
  readonly roundsOf?: (usual: number) => number;
  /** Called before each measurement. */
  readonly beforeEach?: () => Promise<void>;
  /** What else a host is started with. */
  readonly hostOptions?: (options: HostOptions) => HostOptions;
}

/** What suites measure with. */
export function createBench(options: BenchOptions): Bench {
  const { isQuick, tree = PRESENT_TREE, absent = [], roundsOf = (usual) => usual, beforeEach, hostOptions } = options;
  const takingPart = <C>(contestants: Contestants<C>): Contestants<C> =>
    Object.fromEntries(Object.entries(contestants).filter(([name]) => !absent.includes(name)));
  const start = (of: HostOptions): Promise<HostProcess> => startHost({ tree, ...(hostOptions?.(of) ?? of) });
  return {
    isQuick,
    tree,
    seconds: (usual) => (isQuick ? 1 : usual),
    count: (usual) => (isQuick ? Math.ceil(usual / 40) : usual),
    async inTurn<TName extends string, C, T>(
      rounds: number,
      contestants: Readonly<Record<TName, C>>,
      measure: (contestant: C, name: TName) => Promise<T>,
    ): Promise<Samples<TName, T>> {
      const names = Object.keys(contestants) as TName[];
      const samples = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<TName, T[]>;
      const part = Object.entries(takingPart(contestants)) as [TName, C][];
      for (let round = isQuick ? 1 : 0; round <= (isQuick ? 1 : roundsOf(rounds)); round++) {
        for (const [name, contestant] of part) {
          await beforeEach?.();
          const sample = await measure(contestant, name);
          if (round > 0) samples[name].push(sample);
        }
      }
      return samples;
    },
    startHost: start,
    async startHosts(contestants): Promise<Hosts> {
      await using stack = new AsyncDisposableStack();
      const hosts: Record<string, HostProcess> = {};
      for (const [name, of] of Object.entries(takingPart(contestants))) hosts[name] = stack.use(await start(of));
      const started = stack.move();
      return { hosts, [Symbol.asyncDispose]: () => started.disposeAsync() };
    },
    takingPart,
  };
}
