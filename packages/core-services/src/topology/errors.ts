import { invalidValueProblem, type ConfigPlace } from '@bulkhead/config';
import { ProblemsError, type Problem } from '@bulkhead/errors';
import type { TopologyProcess } from './topology.ts';

/** The topology cannot be used as it is. */
export function invalidTopology(problems: readonly Problem[]): ProblemsError {
  return new ProblemsError('ERR_TOPOLOGY_CONFIG', 'The topology is wrong', problems, {
    hint: '`bulkhead topology check` repeats this check without starting anything.',
  });
}

/** The name of an entry cannot stand in command lines, host names and log lines. */
export function badProcessName(place: ConfigPlace, name: string): Problem {
  return at(place, {
    code: 'ERR_TOPOLOGY_PROCESS_NAME',
    message: `'${name}' cannot be the name of a process`,
    hint: 'Use letters, digits and single dashes, beginning with a letter, as in todo-workers.',
  });
}

/** An entry has both `baseUrl` and `replicas`, or neither. */
export function baseUrlOrReplicas(place: ConfigPlace, name: string, has: 'both' | 'neither'): Problem {
  const message = has === 'both' ? 'has both baseUrl and replicas' : 'has neither baseUrl nor replicas';
  return at(place, {
    code: 'ERR_TOPOLOGY_BASE_URL',
    message: `Process '${name}' ${message}`,
    hint: 'Set baseUrl for one process, or replicas to a list of URLs for several that are alike.',
  });
}

/** A URL under which no process can be reached. */
export function badProcessUrl(place: ConfigPlace, rule: string, hint: string): Problem {
  return { ...invalidValueProblem(place, rule), code: 'ERR_TOPOLOGY_URL', hint };
}

/** Two processes would listen at one place. */
export function sameAddress(place: ConfigPlace, name: string, other: string): Problem {
  const who = name === other ? `Two replicas of process '${name}'` : `Processes '${other}' and '${name}'`;
  return at(place, {
    code: 'ERR_TOPOLOGY_SAME_ADDRESS',
    message: `${who} have the same host and port`,
    hint: 'Give each its own port.',
  });
}

/** Where a process listens does not fit how it is reached. */
export function badListen(place: ConfigPlace, rule: string, hint: string): Problem {
  return { ...invalidValueProblem(place, rule), code: 'ERR_TOPOLOGY_LISTEN', hint };
}

/** A process that has nothing to do. */
export function idleProcess(place: ConfigPlace, name: string): Problem {
  return at(place, {
    code: 'ERR_TOPOLOGY_IDLE_PROCESS',
    message: `Process '${name}' runs no plugin and forwards nothing`,
    hint: 'Name its plugins, set forwards: true, or remove it.',
  });
}

/** A plugin that is named twice; the names are those of the processes that name it, the first one first. */
export function pluginTwice(place: ConfigPlace, pluginId: string, [other, name]: readonly [string, string]): Problem {
  return at(place, {
    code: 'ERR_TOPOLOGY_PLUGIN_TWICE',
    message:
      name === other
        ? `Process '${name}' names plugin '${pluginId}' twice`
        : `Plugin '${pluginId}' stands in two processes, '${other}' and '${name}'`,
    hint:
      name === other
        ? 'Once is enough.'
        : 'Name it in one of them. To run it several times, give that one `replicas`, a list of URLs, in place of baseUrl.',
  });
}

/** A plugin that the host has and no process runs. */
export function unplacedPlugin(place: ConfigPlace, pluginId: string, names: readonly string[]): Problem {
  return at(place, {
    code: 'ERR_TOPOLOGY_UNPLACED_PLUGIN',
    message: `Plugin '${pluginId}' is in no process of the topology`,
    hint: `Add it to the plugins of ${names.join(' or ') || 'a process'}, or switch it off: backend.startup.plugins.${pluginId}.enabled: false.`,
  });
}

/** A plugin that some process should run, and the host does not have. */
export function unknownPlugin(place: ConfigPlace, pluginId: string, nearest: string | undefined): Problem {
  return at(place, {
    code: 'ERR_TOPOLOGY_UNKNOWN_PLUGIN',
    message: `The host has no plugin '${pluginId}'`,
    hint:
      nearest === undefined
        ? 'Remove it, or add the plugin to the host with backend.add().'
        : `Did you mean '${nearest}'?`,
  });
}

/** A process was asked for, and there is no topology. */
export function noTopology(name: string): Problem {
  return {
    code: 'ERR_TOPOLOGY_NONE',
    message: `There is no topology, so this process cannot be '${name}' of it`,
    hint: 'Describe the processes under `topology` in app-config.yaml, or leave --process and BULKHEAD_PROCESS out.',
  };
}

/** A process was asked for that the topology does not have. */
export function noSuchProcess(name: string, nearest: string | undefined, names: readonly string[]): Problem {
  return {
    code: 'ERR_TOPOLOGY_NO_SUCH_PROCESS',
    message: `The topology has no process '${name}'`,
    hint: nearest === undefined ? `It has ${names.join(', ') || 'none'}.` : `Did you mean '${nearest}'?`,
    path: ['topology'],
  };
}

/** A replica was asked for that the process does not have. */
export function noSuchReplica({ name, replicas }: TopologyProcess, replica: string): Problem {
  const count = replicas.length;
  return {
    code: 'ERR_TOPOLOGY_NO_SUCH_REPLICA',
    message: `Process '${name}' has no replica '${replica}'`,
    hint: count === 1 ? 'It has one, so leave it out.' : `It has ${count}, counted from 1.`,
    path: ['topology', name],
  };
}

function at({ path, source }: ConfigPlace, problem: Problem): Problem {
  return { ...problem, path, ...(source && { source }) };
}
