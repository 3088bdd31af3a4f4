import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { doorOf, replicaName, type Topology } from '@bulkhead/core-services/topology';
import { noTopology } from '../errors.ts';
import type { ConfigOptions } from '../host/load-host-config.ts';
import { configArguments, sameCommand, startArguments } from '../host/start-arguments.ts';
import { refuseCollisions } from '../topology/collisions.ts';
import { loadHostTopology } from '../topology/load-host-topology.ts';
import { PrefixedLines } from './prefixed-lines.ts';
import { ProcessPrefixes } from './process-prefixes.ts';
import type { ProcessSpec } from './supervised-process.ts';
import { Supervisor } from './supervisor.ts';

/**
 * Runs every process of the topology as a child of this one, until a signal.
 *
 * @throws BulkheadError `ERR_CLI_NO_TOPOLOGY`, `ERR_CLI_SAME_ADDRESS`, `ERR_CLI_PROCESS_FAILED`
 */
export async function runAll(options: ConfigOptions): Promise<void> {
  const { topology, problems } = await loadHostTopology(options);
  if (!topology && problems.length === 0) throw noTopology();
  // Once for all, since each of them would find the same; in a process of its own, since it loads the whole host.
  if (!(await isInOrder(options)) || !topology) {
    process.exitCode = 1;
    return;
  }
  refuseCollisions(topology);
  const specs = processesOf(topology, options);
  const names = ['bulkhead', ...specs.map(({ name }) => name)];
  const colours = process.stdout.isTTY === true && process.stdout.hasColors();
  const output = {
    stdout: new PrefixedLines(process.stdout),
    stderr: new PrefixedLines(process.stderr),
    prefixes: new ProcessPrefixes(names, { colours }),
  };
  const supervisor = new Supervisor(specs, output, () => describeReady(topology, specs.length));
  if (!(await supervisor.run())) process.exitCode = 1;
}

/** Runs `bulkhead topology check`, which says on stderr what is wrong. */
async function isInOrder(options: ConfigOptions): Promise<boolean> {
  const [command, args] = sameCommand(['topology', 'check', ...configArguments(options)]);
  const [code] = (await once(spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }), 'close')) as [number];
  return code === 0;
}

function processesOf({ processes }: Topology, options: ConfigOptions): readonly ProcessSpec[] {
  return processes.flatMap(({ name, replicas }) =>
    replicas.map((_, index) => {
      const replica = index + 1;
      return {
        name: replicaName(name, { replica, replicas: replicas.length }),
        args: startArguments({ ...options, process: name, replica }),
      };
    }),
  );
}

function describeReady(topology: Topology, count: number): string {
  const what = count === 1 ? 'The process is ready' : `All ${count} processes are ready`;
  const door = doorOf(topology);
  return door === undefined ? `${what}; none forwards` : `${what}: ${door}`;
}
