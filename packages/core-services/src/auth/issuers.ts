import {
  isPluginId,
  type DiscoveryService,
  type LoggerService,
  type RootHostService,
} from '@bulkhead/backend-plugin-api';
import type { BulkheadError } from '@bulkhead/errors';
import type { LRUCache } from 'lru-cache';
import { RateLimitedWarning } from '../logger/rate-limited-warning.ts';
import { PLUGIN_JWKS_PATH } from '../plugin-keys/jwks-endpoint.ts';
import { KeySet, type KeySetLimits } from '../plugin-keys/key-set.ts';
import type { PluginKeysService } from '../plugin-keys/plugin-keys-service.ts';
import type { KeyName, VerificationKey } from '../plugin-keys/verification-key.ts';
import type { TopologyService } from '../topology/topology-service.ts';
import { Budget } from './budget.ts';
import { jwksRefused, tooManyIssuers } from './errors.ts';
import { DEFAULT_JWKS_REQUEST_LIMITS, fetchJwks, type JwksRequestLimits } from './jwks-request.ts';

/** Who signs the tokens of users. */
const USER_ISSUER = 'auth';
const USER_JWKS_PATH = '/.well-known/jwks.json';

/** All replicas have the keys of each other. If one is down, another will do. */
const MAX_REPLICAS_ASKED = 2;

/** What {@link Issuers} is made of. */
export interface IssuersOptions {
  readonly host: Pick<RootHostService, 'getPlugin'>;
  /** The keys of the plugins of this process. */
  readonly keys: Pick<PluginKeysService, 'findPublicKey'>;
  /** Knows the replicas of a plugin, for when the one that discovery picks does not answer. */
  readonly topology: Pick<TopologyService, 'locate'>;
  /** The URL under which this process reaches itself. */
  readonly ownUrl: string;
  readonly logger: LoggerService;
  /** Holds issuers by name; bounded. */
  readonly createCache: (max: number) => LRUCache<string, KeySet>;
  readonly limits?: Partial<KeySetLimits>;
  readonly requestLimits?: JwksRequestLimits;
}

/**
 * Finds the public keys of those who sign tokens: those of plugins in this process directly, those of others at their
 * base URL. Anybody can send tokens that claim to come from any plugin, so issuers that have not proved to be one are
 * asked within a budget that they share, and are forgotten first.
 */
export class Issuers {
  readonly #options: IssuersOptions;
  readonly #proven: LRUCache<string, KeySet>;
  readonly #unproven: LRUCache<string, KeySet>;
  readonly #firstContacts = new Budget(50, 10);
  readonly #warning: RateLimitedWarning;
  #users: KeySet | undefined;

  constructor(options: IssuersOptions) {
    this.#options = options;
    this.#proven = options.createCache(1_000);
    this.#unproven = options.createCache(200);
    this.#warning = new RateLimitedWarning(options.logger);
  }

  /**
   * A key with which a plugin signs tokens.
   *
   * @throws ServiceUnavailableError `ERR_AUTH_KEYS_UNAVAILABLE`
   */
  async findPluginKey(
    pluginId: string,
    discovery: DiscoveryService,
    name: KeyName,
  ): Promise<VerificationKey | undefined> {
    const { host, keys } = this.#options;
    if (!isPluginId(pluginId)) {
      return undefined;
    }
    if (host.getPlugin(pluginId)) {
      return keys.findPublicKey(pluginId, name);
    }
    const known = this.#proven.get(pluginId);
    if (known) {
      return known.find(name);
    }
    if ((await this.#locate(pluginId, discovery)).length === 0) {
      return undefined;
    }
    const issuer = this.#unprovenIssuer(pluginId, discovery);
    const key = await issuer.find(name);
    if (key) {
      this.#unproven.delete(pluginId);
      this.#proven.set(pluginId, issuer);
    }
    return key;
  }

  /** A key with which tokens of users are signed. @throws ServiceUnavailableError `ERR_AUTH_KEYS_UNAVAILABLE` */
  async findUserKey(discovery: DiscoveryService, name: KeyName): Promise<VerificationKey | undefined> {
    const { host, logger, limits } = this.#options;
    const isLocal = host.getPlugin(USER_ISSUER) !== undefined;
    if (!isLocal && (await this.#locate(USER_ISSUER, discovery)).length === 0) {
      return undefined;
    }
    this.#users ??= new KeySet({
      issuer: `plugin '${USER_ISSUER}', which signs users in,`,
      logger,
      limits,
      load: async () => {
        const urls = isLocal ? [await discovery.getBaseUrl(USER_ISSUER)] : await this.#locate(USER_ISSUER, discovery);
        return this.#fetchAny(urls, USER_JWKS_PATH);
      },
    });
    return this.#users.find(name);
  }

  #unprovenIssuer(pluginId: string, discovery: DiscoveryService): KeySet {
    const known = this.#unproven.get(pluginId);
    if (known) {
      return known;
    }
    const issuer = new KeySet({
      issuer: `plugin '${pluginId}'`,
      logger: this.#options.logger,
      limits: this.#options.limits,
      warning: this.#warning,
      load: () => this.#load(pluginId, discovery),
    });
    this.#unproven.set(pluginId, issuer);
    return issuer;
  }

  async #load(pluginId: string, discovery: DiscoveryService): Promise<readonly unknown[]> {
    const isProven = this.#proven.has(pluginId);
    if (!isProven && !this.#firstContacts.take()) {
      throw tooManyIssuers();
    }
    const urls = await this.#locate(pluginId, discovery);
    try {
      return await this.#fetchAny(urls, PLUGIN_JWKS_PATH);
    } catch (error) {
      // Nobody has heard of the plugin, and there is nothing where it would be.
      if (!isProven && (error as { status?: unknown }).status === 404) {
        return [];
      }
      throw error;
    }
  }

  /** Asks one replica after the other, in the time that one may take. */
  async #fetchAny(baseUrls: readonly string[], path: string): Promise<readonly unknown[]> {
    const { timeout, maxSize } = this.#options.requestLimits ?? DEFAULT_JWKS_REQUEST_LIMITS;
    let failure = jwksRefused(path, 'is nowhere');
    for (const baseUrl of baseUrls) {
      try {
        return await fetchJwks(`${baseUrl}${path}`, { timeout: timeout / baseUrls.length, maxSize });
      } catch (error) {
        failure = error as BulkheadError;
      }
    }
    throw failure;
  }

  /** Where a plugin runs that is not in this process; nowhere if it would be here. */
  async #locate(pluginId: string, discovery: DiscoveryService): Promise<readonly string[]> {
    const { ownUrl, topology } = this.#options;
    const url = await discovery.getBaseUrl(pluginId).catch(() => undefined);
    if (url === undefined || url.startsWith(`${ownUrl}/`)) {
      return [];
    }
    const location = topology.locate(pluginId);
    const others = location?.type === 'remote' ? location.baseUrls : [];
    return [...new Set([url, ...others])].slice(0, MAX_REPLICAS_ASKED);
  }
}
