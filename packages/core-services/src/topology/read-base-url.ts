import { badProcessUrl } from './errors.ts';
import type { TopologyProblems } from './read-topology.ts';

const EXAMPLE = 'Write scheme, host and port, as in http://127.0.0.1:7008.';

/** Addresses at which one can listen and which lead nowhere. */
const WILDCARDS: readonly string[] = ['0.0.0.0', '[::]'];

/** Reads the URL of a process: scheme, host and port, nothing else. */
export function readBaseUrl(path: readonly string[], text: string, { at, add }: TopologyProblems): URL | undefined {
  const refuse = (rule: string, hint = EXAMPLE): undefined => add(badProcessUrl(at(path), rule, hint)) as undefined;
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return refuse('must be an http or https URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return refuse('must not have a user or a password');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return refuse(
      'must not have a path',
      `${EXAMPLE} Plugins follow at /api/<pluginId>; for targets with a path there is discovery.endpoints.`,
    );
  }
  if (url.port === '0') return refuse('must have a port that others know beforehand');
  if (WILDCARDS.includes(url.hostname)) {
    return refuse(
      'must have a host that leads to the process',
      'Name the host under which the others reach it, and say under `listen` where it listens, as in listen: "*:7008".',
    );
  }
  return url;
}
