import { invalidConfigValue, type Config } from '@bulkhead/config';
import { isPathWithin, pathReadings } from './path-readings.ts';

/** What an entry of `backend.reading.allow` says. */
interface AllowRule {
  /** As it is in a `URL`: lower case, punycode, addresses in their usual form. Of a wildcard: from the dot on. */
  readonly hostname: string;
  readonly isWildcard: boolean;
  /** The first and the last one; absent: that of the protocol. */
  readonly ports?: readonly [number, number];
  /** The readings of each path; absent: all paths. */
  readonly paths?: readonly (readonly string[])[];
}

const HOST = /^(?<wildcard>\*\.)?(?<name>\[[^\]]+\]|[^*:/?#@\\\s]+)(?::(?<from>\d{1,5})(?:-(?<to>\d{1,5}))?)?$/;
const MAX_PORT = 65_535;

/** The places that may be read: `backend.reading.allow`. Without an entry, there is none. */
export class AllowList {
  readonly #rules: readonly AllowRule[];

  /** @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE`, `ERR_CONFIG_MISSING` */
  constructor(entries: readonly Config[]) {
    this.#rules = entries.map((entry) => ({ ...readHost(entry), paths: readPaths(entry) }));
  }

  /** Whether an http or https URL may be read. */
  allows(url: URL): boolean {
    const atHost = this.#rules.filter((rule) => isAtHost(url, rule));
    if (atHost.some(({ paths }) => paths === undefined)) return true;
    const path = atHost.length > 0 ? pathReadings(url.pathname) : undefined;
    return path !== undefined && atHost.some(({ paths }) => paths!.some((allowed) => isPathWithin(path, allowed)));
  }
}

function isAtHost(url: URL, { hostname, isWildcard, ports }: AllowRule): boolean {
  if (isWildcard ? !url.hostname.endsWith(hostname) : url.hostname !== hostname) return false;
  if (!ports) return url.port === '';
  const port = url.port === '' ? defaultPortOf(url) : Number(url.port);
  return port >= ports[0] && port <= ports[1];
}

function defaultPortOf(url: URL): number {
  return url.protocol === 'https:' ? 443 : 80;
}

function readHost(entry: Config): Omit<AllowRule, 'paths'> {
  const { wildcard, name, from, to } = HOST.exec(entry.getString('host'))?.groups ?? {};
  const hostname = name === undefined ? undefined : normalizeHostname(name, wildcard !== undefined);
  const ports = from === undefined ? undefined : ([Number(from), Number(to ?? from)] as const);
  if (hostname === undefined || (ports && !isPortRange(ports))) {
    throw invalidConfigValue(entry, 'host', {
      expected: 'a host',
      hint: "Write 'example.com', '*.example.com' for all below it, 'example.com:8080' or 'example.com:8000-8099'.",
    });
  }
  return { hostname, isWildcard: wildcard !== undefined, ports };
}

/** As the URL standard has it, so that all spellings of a host are one. */
function normalizeHostname(name: string, isWildcard: boolean): string | undefined {
  const text = isWildcard ? `http://x.${name}` : `http://${name}`;
  if (!URL.canParse(text)) return undefined;
  const { hostname } = new URL(text);
  return isWildcard ? hostname.slice(1) : hostname;
}

function isPortRange([from, to]: readonly [number, number]): boolean {
  return from > 0 && from <= to && to <= MAX_PORT;
}

function readPaths(entry: Config): AllowRule['paths'] {
  const paths = entry.getOptionalStringArray('paths')?.map(readPath);
  if (paths && (paths.length === 0 || !paths.every((path) => path !== undefined))) {
    throw invalidConfigValue(entry, 'paths', {
      expected: 'a list of paths',
      hint: "Write paths from the root on, such as '/docs'; what is below them is allowed, too. Leave it out to allow all.",
    });
  }
  return paths;
}

function readPath(path: string): readonly string[] | undefined {
  return /^\/[^?#]*$/.test(path) ? pathReadings(new URL(`http://host${path}`).pathname) : undefined;
}
