import { isIP } from 'node:net';
import type { JsonValue } from '@bulkhead/types';
import { parseListenAddress, type ListenOptions } from '../http-server/listen-address.ts';
import { badListen, badProcessUrl } from './errors.ts';
import type { TopologyContext } from './read-topology.ts';
import type { TopologyReplica } from './topology.ts';

/** What is known of the replicas of an entry. */
export interface ListenInput {
  /** `undefined` for those that cannot be used. */
  readonly urls: readonly (URL | undefined)[];
  /** What stands under `listen`. */
  readonly listen: JsonValue | undefined;
  /** Of the entry. */
  readonly path: readonly string[];
  /** Whether the entry has `baseUrl` rather than `replicas`. */
  readonly isSingle: boolean;
}

const EXAMPLE = "Write a port, 'host:port' or { host, port }, as in listen: '*:7008'.";

/**
 * Brings the URLs of an entry together with where its processes listen: where `listen` says, one place for all of them
 * or a list with one for each; else at the host and port of the URL.
 */
export function readListen({ urls, listen, path, isSingle }: ListenInput, context: TopologyContext): TopologyReplica[] {
  const { at, add } = context;
  const pathOf = (index: number): readonly string[] => [
    ...path,
    ...(isSingle ? ['baseUrl'] : ['replicas', String(index)]),
  ];
  const scheme = urls.find((url) => url)?.protocol;
  const places = readPlaces([...path, 'listen'], { listen, count: urls.length }, context);
  return urls.flatMap((url, index) => {
    if (!url) return [];
    if (url.protocol !== scheme) {
      const hint = `The first one begins with ${scheme}//.`;
      add(badProcessUrl(at(pathOf(index)), 'must have the scheme of the other replicas', hint));
    } else if (listen === undefined && url.protocol === 'https:' && !context.speaksHttps) {
      add(badListen(at(pathOf(index)), 'is an https URL, and the host has no certificate', HTTPS_HINT));
    }
    return { baseUrl: url.origin, listen: places?.[index] ?? placeOf(url) };
  });
}

const HTTPS_HINT =
  'Set backend.https; or, where a proxy speaks https, say under `listen` where it finds the process, as in listen: 7008.';

function readPlaces(
  path: readonly string[],
  { listen, count }: { readonly listen: JsonValue | undefined; readonly count: number },
  { at, add }: TopologyContext,
): readonly (ListenOptions | undefined)[] | undefined {
  if (listen === undefined) return undefined;
  const values = Array.isArray(listen) ? listen : Array.from({ length: count }, () => listen);
  if (values.length !== count) {
    add(badListen(at(path), `must have one place for each of the ${count} replicas`, EXAMPLE));
    return undefined;
  }
  let isTold = false;
  return values.map((value, index) => {
    const place = parseListenAddress(value);
    if (place && place.port !== 0) return place;
    // One place for all is faulty once.
    if (!isTold || Array.isArray(listen)) {
      const where = at(Array.isArray(listen) ? [...path, String(index)] : path);
      add(badListen(where, "must be a port that others know beforehand, 'host:port' or { host, port }", EXAMPLE));
    }
    isTold = true;
    return undefined;
  });
}

/** An address of the machine is where to listen; a name may lead to a proxy or a load balancer in front of it. */
function placeOf(url: URL): ListenOptions {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return { host: isIP(host) !== 0 || host === 'localhost' ? host : '::', port };
}
