import { Resolver } from 'node:dns/promises';
import type { SrvRecord } from 'node:dns';
import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { srvLookupFailed } from './errors.ts';
import { orderByWeight } from './srv-order.ts';

/** What {@link SrvResolver} works with. */
export interface SrvResolverOptions {
  /** DNS servers as `address` or `address:port`. Default: those of the system. */
  readonly servers?: readonly string[];
  /** Told when the DNS does not answer and the last answer is used. */
  readonly logger: LoggerService;
  /** Milliseconds for which an answer is good. Default: 1000. */
  readonly maxAge?: number;
  /** Numbers from 0 to below 1. Default: `Math.random`. */
  readonly random?: () => number;
}

const MAX_AGE_MS = 1_000;
/** Names that are remembered. Where a name has the id of a plugin in it, anybody can have any number of them looked up. */
const MOST_NAMES = 1_000;
/** Milliseconds for one attempt, and how many there are. */
const PATIENCE = { timeout: 2_000, tries: 2 };

/** The state of one name. */
interface Lookup {
  records: readonly SrvRecord[];
  /** By `performance.now()`; -Infinity before the DNS was first asked. */
  askedAt: number;
  /** Why nothing is known. */
  failure?: Error;
  underWay?: Promise<readonly SrvRecord[]>;
}

/**
 * Turns URLs such as `http+srv://todo.service.internal/api/todo` into those that the SRV records of the name stand for
 * (RFC 2782). Each name is asked for at most once a second, and one question is under way at a time. When the DNS does
 * not answer, what it said last holds.
 */
export class SrvResolver {
  readonly #resolver = new Resolver(PATIENCE);
  readonly #lookups = new Map<string, Lookup>();
  readonly #options: SrvResolverOptions;

  constructor(options: SrvResolverOptions) {
    this.#options = options;
    if (options.servers) this.#resolver.setServers(options.servers);
  }

  /**
   * The URLs behind a URL, the one to take first; the others follow in the order in which to try them.
   *
   * @throws ServiceUnavailableError `ERR_DISCOVERY_SRV` when there is no answer, and there never was one
   */
  async resolve(url: string): Promise<readonly string[]> {
    const { hostname } = new URL(url);
    const { random = Math.random } = this.#options;
    return toUrls(url, orderByWeight(await this.#recordsOf(hostname), random));
  }

  /** As {@link resolve}, without asking: what the DNS said last, nothing if it has never been asked. Asks for next time. */
  lastKnown(url: string): readonly string[] {
    const { hostname } = new URL(url);
    const { random = Math.random } = this.#options;
    void this.#recordsOf(hostname).catch(() => {});
    return toUrls(url, orderByWeight(this.#lookups.get(hostname)?.records ?? [], random));
  }

  async #recordsOf(name: string): Promise<readonly SrvRecord[]> {
    const lookup = this.#lookupOf(name);
    if (performance.now() - lookup.askedAt < (this.#options.maxAge ?? MAX_AGE_MS)) {
      if (lookup.failure) throw lookup.failure;
      return lookup.records;
    }
    lookup.underWay ??= this.#ask(name, lookup).finally(() => (lookup.underWay = undefined));
    return lookup.underWay;
  }

  #lookupOf(name: string): Lookup {
    const known = this.#lookups.get(name);
    if (known) return known;
    const lookup: Lookup = { records: [], askedAt: -Infinity };
    // Those that are still needed are asked for again.
    if (this.#lookups.size >= MOST_NAMES) this.#lookups.clear();
    this.#lookups.set(name, lookup);
    return lookup;
  }

  async #ask(name: string, lookup: Lookup): Promise<readonly SrvRecord[]> {
    try {
      const records = await this.#resolver.resolveSrv(name);
      // "." stands for: decidedly not available at this domain.
      lookup.records = records.filter((record) => record.name !== '' && record.name !== '.');
      lookup.failure = lookup.records.length === 0 ? srvLookupFailed(name) : undefined;
    } catch (error) {
      if (lookup.records.length === 0) lookup.failure = srvLookupFailed(name, error);
      else this.#options.logger.warn(`The DNS does not say where ${name} is; its last answer holds`, error as Error);
    }
    lookup.askedAt = performance.now();
    if (lookup.failure) throw lookup.failure;
    return lookup.records;
  }
}

/** Whether the host of a URL has to be looked up by its SRV records. */
export function isSrvUrl({ protocol }: Pick<URL, 'protocol'>): boolean {
  return protocol.endsWith('+srv:');
}

function toUrls(url: string, records: readonly SrvRecord[]): string[] {
  const { protocol, pathname } = new URL(url);
  const scheme = protocol.replace('+srv:', '');
  const path = pathname === '/' ? '' : pathname;
  return records.map(({ name, port }) => `${scheme}://${name}:${port}${path}`);
}
