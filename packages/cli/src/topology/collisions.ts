import { replicaName, type Topology } from '@bulkhead/core-services/topology';
import { sameAddress } from '../errors.ts';

/** Hosts that stand for all interfaces. */
const WILDCARDS: readonly string[] = ['::', '0.0.0.0'];

interface Place {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Refuses a topology whose processes cannot run on one machine. That is no fault of the topology: on machines of their
 * own, all of them may listen on one port.
 *
 * @throws BulkheadError `ERR_CLI_SAME_ADDRESS`
 */
export function refuseCollisions({ processes }: Topology): void {
  const places = processes.flatMap(({ name, replicas }) =>
    replicas.map(({ listen }, index): Place => {
      return { name: replicaName(name, { replica: index + 1, replicas: replicas.length }), ...listen };
    }),
  );
  for (const [index, place] of places.entries()) {
    const other = places.slice(0, index).find((earlier) => collide(earlier, place));
    if (other) throw sameAddress(other.name, place.name, place.port);
  }
}

function collide(a: Place, b: Place): boolean {
  return a.port === b.port && (a.host === b.host || WILDCARDS.includes(a.host) || WILDCARDS.includes(b.host));
}
