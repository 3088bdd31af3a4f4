import type { ConfigOptions } from '../host/load-host-config.ts';
import { planHost } from '../host/plan-host.ts';
import { loadHostTopology } from '../topology/load-host-topology.ts';

/** Lists everything that is wrong with the topology, and with what it spreads over processes. */
export async function topologyCheck(options: ConfigOptions): Promise<void> {
  // The whole host is looked at, whichever process this environment is meant for.
  delete process.env.BULKHEAD_PROCESS;
  delete process.env.BULKHEAD_REPLICA;
  const { topology } = await loadHostTopology(options);
  const processes = topology?.processes ?? [];
  const count = processes.flatMap(({ replicas }) => replicas).length;
  const { plugins } = await planHost(options, { deployment: count > 1 ? 'split' : undefined });
  if (!topology) {
    process.stdout.write('There is no topology: one process runs everything\n');
    return;
  }
  const what = [`${count} ${count === 1 ? 'process' : 'processes'}`, `${plugins.length} plugins`];
  process.stdout.write(`The topology is in order: ${what.join(', ')}\n`);
}
