import { join } from 'node:path';
import { startHost } from './host-process.ts';
import type { Bench, Contestants, Hosts, Samples } from './suite.ts';

const TREE = join(import.meta.dirname, '../..');

/** What a run is like. */
export interface BenchOptions {
  readonly isQuick: boolean;
}

/** What suites measure this tree with. */
export function createBench({ isQuick }: BenchOptions): Bench {
  const bench: Bench = {
    isQuick,
    tree: TREE,
    seconds: (usual) => (isQuick ? 1 : usual),
    count: (usual) => (isQuick ? Math.ceil(usual / 40) : usual),
    async inTurn<TName extends string, C, T>(
      rounds: number,
      contestants: Readonly<Record<TName, C>>,
      measure: (contestant: C, name: TName) => Promise<T>,
    ): Promise<Samples<TName, T>> {
      const names = Object.keys(contestants) as TName[];
      const samples = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<TName, T[]>;
      const part = Object.entries(bench.takingPart(contestants)) as [TName, C][];
      for (let round = 0; round <= (isQuick ? 1 : rounds); round++) {
        for (const [name, contestant] of part) {
          const sample = await measure(contestant, name);
          if (round > 0) samples[name].push(sample);
        }
      }
      return samples;
    },
    startHost: (options) => startHost(options),
    async startHosts(options): Promise<Hosts> {
      await using stack = new AsyncDisposableStack();
      const hosts: Record<string, Awaited<ReturnType<typeof startHost>>> = {};
      for (const [name, of] of Object.entries(bench.takingPart(options))) {
        hosts[name] = stack.use(await bench.startHost(of));
      }
      const started = stack.move();
      return { hosts, [Symbol.asyncDispose]: () => started.disposeAsync() };
    },
    takingPart: <C>(contestants: Contestants<C>) => contestants,
  };
  return bench;
}
