import { createRequire } from 'node:module';
import type { RootLoggerService } from '@bulkhead/backend-plugin-api';
import type { Dispatcher, Pool } from 'undici';
import { DirectConnections } from './direct/direct-connections.ts';
import { HealthChecks } from './health-checks.ts';
import { OriginState } from './origin-state.ts';
import type { UpstreamsSettings } from './upstreams-settings.ts';
import type { UpstreamOutcome, UpstreamsService } from './upstreams-service.ts';

// undici takes its time to load, and a process without neighbours never needs it.
const require = createRequire(import.meta.url);

/** What {@link DefaultUpstreamsService} is made of. */
export interface UpstreamsOptions {
  readonly settings: UpstreamsSettings;
  /** Told when an origin is no longer up, and when it is again. */
  readonly logger: RootLoggerService;
}

/**
 * How many origins are kept in mind. More are only where names are made up: `discovery.endpoints` may put the id of a
 * plugin into the name of a host, and anybody can ask for any plugin.
 */
const MAX_ORIGINS = 1_000;

/** Keeps a pool of connections to each origin, and what is known of its health. */
export class DefaultUpstreamsService implements UpstreamsService {
  readonly #options: UpstreamsOptions;
  readonly #states = new Map<string, OriginState>();
  readonly #pools = new Map<string, Pool>();
  readonly #direct = new Map<string, DirectConnections>();
  readonly #checks: HealthChecks;
  #isStopping = false;

  constructor(options: UpstreamsOptions) {
    const { healthInterval, healthTimeout } = options.settings;
    this.#options = options;
    this.#checks = new HealthChecks({
      interval: healthInterval,
      timeout: healthTimeout,
      states: () => this.#states.values(),
      dispatcherFor: (origin) => this.dispatcherFor(origin),
      onOutcome: (state, outcome, askedAt) => {
        if (outcome === 'answered') this.#believe(state, () => state.readmit(askedAt));
        else this.#doubt(state, outcome, askedAt);
      },
    });
  }

  pick(origins: readonly string[], tried?: ReadonlySet<string>): string | undefined {
    const first = origins[0];
    if (first === undefined) return undefined;
    if (origins.length > 1) return this.#pickInTurn(origins, first, tried);
    // There is no choice: one that is down is tried nevertheless.
    this.#stateOf(first).usedAt = performance.now();
    return tried?.has(first) ? undefined : first;
  }

  report(origin: string, outcome: UpstreamOutcome, sentAt: number): void {
    const state = this.#stateOf(origin);
    if (outcome !== 'answered') this.#doubt(state, outcome, sentAt);
    else if (state.hasRecord) this.#believe(state, () => state.trust(sentAt, performance.now()));
  }

  dispatcherFor(origin: string): Dispatcher {
    let pool = this.#pools.get(origin);
    if (!pool) {
      this.#pools.set(origin, (pool = this.#createPool(origin)));
    }
    return pool;
  }

  connectionsTo(origin: string): DirectConnections | undefined {
    let connections = this.#direct.get(origin);
    if (!connections && origin.startsWith('http:')) {
      this.#direct.set(origin, (connections = this.#createConnections(origin)));
    }
    return connections;
  }

  /** Closes all connections, also those with requests under way: by now nobody waits for them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopping = true;
    this.#checks.stop();
    for (const connections of this.#direct.values()) connections.destroy();
    await Promise.all(Array.from(this.#pools.values(), (pool) => pool.destroy()));
  }

  #pickInTurn(origins: readonly string[], first: string, tried: ReadonlySet<string> | undefined): string | undefined {
    const now = performance.now();
    const turn = this.#stateOf(first).turn++;
    let best: OriginState | undefined;
    for (let index = 0; index < origins.length; index++) {
      const origin = origins[(turn + index) % origins.length]!;
      if (tried?.has(origin)) continue;
      const state = this.#stateOf(origin);
      state.usedAt = now;
      if (!this.#isPassedOver(state, now)) {
        best = state;
        break;
      }
      // Nobody may have cared for a while how it does.
      this.#checks.watch(state);
      if (best === undefined || state.pausedUntil < best.pausedUntil) best = state;
    }
    if (best) {
      best.hasSiblings = true;
      this.#checks.makeRounds();
    }
    return best?.origin;
  }

  #isPassedOver(state: OriginState, now: number): boolean {
    return state.isSuspect && (this.#checks.isEnabled || now < state.pausedUntil);
  }

  #doubt(state: OriginState, outcome: 'failed' | 'unavailable', sentAt: number): void {
    const wasSuspect = state.isSuspect;
    state.doubt(outcome, sentAt, performance.now());
    if (!state.isSuspect) return;
    this.#checks.watch(state);
    if (!wasSuspect) {
      const what = outcome === 'failed' ? 'cannot be reached' : 'takes no requests';
      this.#options.logger.warn(`${state.origin} ${what}; others answer in its place as far as there are any`);
    }
  }

  /** @param believe - tells the state of the answer, which it may find outdated */
  #believe(state: OriginState, believe: () => void): void {
    const wasSuspect = state.isSuspect;
    believe();
    if (state.isSuspect) this.#checks.watch(state);
    else if (wasSuspect) this.#options.logger.info(`${state.origin} answers again`);
  }

  #createPool(origin: string): Pool {
    const { connections, connectTimeout, keepAliveTimeout, headersTimeout, bodyTimeout } = this.#options.settings;
    const { Pool: ConnectionPool } = require('undici') as typeof import('undici');
    const pool = new ConnectionPool(origin, {
      connections,
      keepAliveTimeout,
      headersTimeout,
      bodyTimeout,
      // No request waits behind another one on the same connection.
      pipelining: 1,
      connect: { timeout: connectTimeout },
    });
    pool.on('disconnect', (_origin, _targets, error) => this.#onDisconnect(origin, error));
    return pool;
  }

  #createConnections(origin: string): DirectConnections {
    const { connectTimeout, keepAliveTimeout, bodyTimeout, healthTimeout } = this.#options.settings;
    const { hostname, port, host } = new URL(origin);
    return new DirectConnections(
      {
        // An IPv6 address stands in brackets in a URL, and nowhere else.
        host: hostname.replace(/^\[|\]$/g, ''),
        port: port === '' ? 80 : Number(port),
        authority: host,
        connectTimeout,
        keepAliveTimeout,
        bodyTimeout,
        questionTimeout: healthTimeout,
      },
      (reason) => {
        if (reason !== 'other') this.#onEnded(origin, reason === 'ended-idle');
      },
    );
  }

  #onDisconnect(origin: string, error: Error & { readonly code?: string }): void {
    // undici closes connections itself when they have idled for long, and after responses that say so.
    if (error.code !== 'UND_ERR_INFO' && error.code !== 'UND_ERR_ABORTED') this.#onEnded(origin, true);
  }

  /**
   * A process that stops ends its idle connections, and others after their responses, before it takes no new ones: the
   * earliest signs there are. The second alone may have other reasons.
   */
  #onEnded(origin: string, wasIdle: boolean): void {
    const state = this.#stateOf(origin);
    if (this.#isStopping || !state.hasSiblings || state.isSuspect) return;
    const now = performance.now();
    if (wasIdle) state.doubt('unavailable', now, now);
    this.#checks.watch(state);
  }

  #stateOf(origin: string): OriginState {
    let state = this.#states.get(origin);
    if (!state) {
      if (this.#states.size >= MAX_ORIGINS) this.#forgetOne();
      this.#states.set(origin, (state = new OriginState(origin)));
    }
    return state;
  }

  /** Forgets the origin that has not been used for longest, of those without connections. */
  #forgetOne(): void {
    let oldest: OriginState | undefined;
    for (const state of this.#states.values()) {
      if (state.usedAt < (oldest?.usedAt ?? Infinity) && !this.#isConnected(state.origin)) oldest = state;
    }
    if (!oldest) return;
    const { origin } = oldest;
    oldest.isForgotten = true;
    this.#states.delete(origin);
    this.#direct.delete(origin);
    void this.#pools.get(origin)?.destroy();
    this.#pools.delete(origin);
  }

  #isConnected(origin: string): boolean {
    const stats = this.#pools.get(origin)?.stats;
    return (this.#direct.get(origin)?.count ?? 0) > 0 || (stats !== undefined && stats.connected + stats.size > 0);
  }
}
