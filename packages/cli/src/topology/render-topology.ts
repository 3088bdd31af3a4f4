import type { ProcessDescription, ReplicaDescription, TopologyDescription } from './describe-topology.ts';

/** A topology as indented text. */
export function renderTopologyAsText({ door, processes }: TopologyDescription): string {
  const lines = processes.flatMap(({ name, forwards, plugins, replicas }) => [
    `${name}${forwards ? ' (forwards)' : ''}`,
    `  plugins: ${plugins.join(', ') || 'none'}`,
    ...replicas.map((replica) => `  ${describeReplica(replica, replicas.length)}`),
  ]);
  return [door === undefined ? 'No process forwards.' : `Users come to ${door}`, ...lines]
    .map((line) => `${line}\n`)
    .join('');
}

/** A topology as JSON, indented. */
export function renderTopologyAsJson(topology: TopologyDescription): string {
  return `${JSON.stringify(topology, null, 2)}\n`;
}

/** A topology as a Mermaid flowchart: the way of requests. */
export function renderTopologyAsMermaid({ door, processes }: TopologyDescription): string {
  const doors = processes.filter(({ forwards }) => forwards);
  const lines = processes.map((process) => `  ${idOf(process)}["${labelOf(process)}"]`);
  const ways = doors.flatMap((from) =>
    processes.filter((to) => to !== from && to.plugins.length > 0).map((to) => `  ${idOf(from)} --> ${idOf(to)}`),
  );
  const users = doors.map((process) => `  users --> ${idOf(process)}`);
  return ['flowchart LR', ...(door === undefined ? [] : ['  users((users))']), ...lines, ...users, ...ways]
    .map((line) => `${line}\n`)
    .join('');
}

function describeReplica({ name, baseUrl, listen }: ReplicaDescription, count: number): string {
  const { hostname, port } = new URL(baseUrl);
  const isSame = hostname.replace(/^\[|\]$/g, '') === listen.host && Number(port) === listen.port;
  const place = isSame
    ? ''
    : `, listens on ${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${listen.port}`;
  return `${count === 1 ? '' : `${name}: `}${baseUrl}${place}`;
}

/** Names of processes could be words of Mermaid's, such as `end`. */
function idOf({ name }: ProcessDescription): string {
  return `process-${name}`;
}

function labelOf({ name, plugins, replicas }: ProcessDescription): string {
  const count = replicas.length === 1 ? '' : ` × ${replicas.length}`;
  return [`<b>${name}</b>${count}`, ...plugins].join('<br/>');
}
