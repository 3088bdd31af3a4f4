import { AsyncLocalStorage } from 'node:async_hooks';
import type { LoggerService } from '@bulkhead/backend-plugin-api';
import type { Knex } from 'knex';
import { PluginConnections } from './client/plugin-connections.ts';
import { loadKnexFactory, type KnexFactory } from './client/plugin-knex-client.ts';
import { DatabaseMonitor, type DatabaseStatus } from './database-monitor.ts';
import { findDatabaseServer, type DatabaseServer } from './database-server.ts';
import type { ConnectionSettings, DatabaseSettings } from './database-settings.ts';
import { databaseClosed, noAnswer } from './errors.ts';
import { makeFirstContact } from './first-contact.ts';
import { createLockedMigrator } from './migrations/locked-migrator.ts';
import { PooledConnection } from './pool/pooled-connection.ts';
import { createPluginSession, type ConnectionPlace, type PluginSession } from './pool/plugin-session.ts';
import { SharedPool, type SharedPoolState } from './pool/shared-pool.ts';
import { HOST_OWNER, Provisioner } from './provisioning/provisioner.ts';
import type { RootDatabaseService } from './root-database.ts';

/** Milliseconds that a sign of life may take. */
const PROBE_TIMEOUT = 5_000;

/** What is known about the server once it has answered. */
interface ServerFacts {
  /** `180004` */
  readonly number: number;
  /** `18.4` */
  readonly version: string;
  readonly superuser: boolean;
}

/** A server that has answered. */
interface Contact {
  readonly server: DatabaseServer;
  readonly pool: SharedPool;
  readonly facts: ServerFacts;
}

/** All that exists once the first plugin has asked for its client. */
interface Running extends Contact {
  readonly provisioner: Provisioner;
  readonly makeKnex: KnexFactory;
}

/** The database of a process: one server, one pool, and a client per plugin. */
export class DefaultRootDatabaseService implements RootDatabaseService {
  readonly #settings: DatabaseSettings;
  readonly #logger: LoggerService;
  readonly #monitor: DatabaseMonitor;
  readonly #clients = new Map<string, Promise<Knex>>();
  readonly #abort = new AbortController();
  /** Runs what serves all plugins outside of the context of the one that happened to ask first. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #noteCall: () => void = () => undefined;
  /** Settles when a server has been called, whether it was there or not. */
  readonly #called = new Promise<void>((resolve) => (this.#noteCall = resolve));
  #server: Promise<DatabaseServer> | undefined;
  #pool: SharedPool | undefined;
  #hostSession: PluginSession | undefined;
  #running: Promise<Running> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(settings: DatabaseSettings, logger: LoggerService) {
    this.#settings = settings;
    this.#logger = logger;
    this.#monitor = new DatabaseMonitor({
      probe: () => this.#probe(),
      onSilence: () => this.#pool?.discardAll(),
      logger,
    });
  }

  get skipMigrations(): boolean {
    return this.#settings.skipMigrations;
  }

  get status(): DatabaseStatus {
    return this.#monitor.status;
  }

  get pool(): SharedPoolState | undefined {
    return this.#pool?.state();
  }

  onStatusChange(listener: (status: DatabaseStatus) => void): () => void {
    return this.#monitor.onChange(listener);
  }

  getClient(pluginId: string, { logger = this.#logger }: { readonly logger?: LoggerService } = {}): Promise<Knex> {
    let client = this.#clients.get(pluginId);
    if (client === undefined) {
      const forget = (): void => {
        if (this.#clients.get(pluginId) === client) {
          this.#clients.delete(pluginId);
        }
      };
      client = this.#makeClient(pluginId, logger, forget);
      this.#clients.set(pluginId, client);
      // The next call is a new attempt.
      client.catch(forget);
    }
    return client;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#abort.abort();
    this.#monitor.stop();
    await this.#running?.catch(() => undefined);
    await this.#pool?.close();
    await (await this.#server?.catch(() => undefined))?.stop();
  }

  async #makeClient(pluginId: string, logger: LoggerService, forget: () => void): Promise<Knex> {
    const { server, pool, provisioner, facts, makeKnex } = await this.#run();
    const session = await provisioner.provision(pluginId);
    const connections = new PluginConnections({
      pool,
      session,
      address: server.login.address,
      refusal: () => this.#monitor.refusal,
      onDestroy: forget,
    });
    const knexOptions = {
      connections,
      owner: pluginId,
      database: session.place.database,
      serverVersion: facts.version,
      log: knexLogger(logger),
    };
    const knex = makeKnex(knexOptions);
    Object.defineProperty(knex, 'migrate', {
      configurable: true,
      get: () =>
        createLockedMigrator({
          pluginId,
          place: session.role ?? pluginId,
          connections,
          makeKnex,
          knexOptions,
          lockTimeout: this.#settings.migrationLockTimeout,
          logger,
        }),
    });
    return knex;
  }

  #run(): Promise<Running> {
    if (this.#stopped) {
      return Promise.reject(databaseClosed('The database'));
    }
    if (this.#running === undefined) {
      const running = this.#outside(() => this.#start());
      this.#running = running;
      running.catch(() => {
        // The next plugin that asks is a new attempt.
        this.#running = undefined;
      });
    }
    return this.#running;
  }

  async #start(): Promise<Running> {
    const { division, roles, prefix } = this.#settings;
    const [contact, makeKnex] = await Promise.all([this.#makeContact(), this.#loadKnex()]);
    const { server, pool, facts } = contact;
    const login = placeOf(server.login);
    this.#monitor.start();
    if (roles && facts.superuser) {
      this.#logger.warn(
        `Plugins log in to PostgreSQL as the superuser "${login.user}". Set backend.database.admin.connection to it, and backend.database.connection to a user without rights.`,
      );
    }
    const provisioner = new Provisioner({
      pool,
      division,
      roles,
      prefix: prefix ?? `${login.database}_plugin_`,
      login,
      admin: placeOf(server.admin),
      serverVersion: facts.number,
    });
    return { ...contact, provisioner, makeKnex };
  }

  async #makeContact(): Promise<Contact> {
    const server = await this.#findServer();
    const pool = (this.#pool ??= this.#createPool(server));
    this.#hostSession ??= createPluginSession({
      owner: HOST_OWNER,
      place: placeOf(server.login),
      role: undefined,
      searchPath: undefined,
    });
    const { connectTimeout: timeout } = this.#settings;
    const options = { server: server.login, timeout, logger: this.#logger, signal: this.#abort.signal };
    const facts = await makeFirstContact(options, () => this.#askFacts(pool));
    return { server, pool, facts };
  }

  /**
   * Loads Knex while there is something to wait for: the start of an embedded server, or what a configured one does with
   * the first packet, which loading would otherwise hold up.
   */
  async #loadKnex(): Promise<KnexFactory> {
    if (this.#settings.connection) await this.#called;
    return loadKnexFactory();
  }

  #findServer(): Promise<DatabaseServer> {
    if (this.#server === undefined) {
      this.#server = findDatabaseServer(this.#settings, this.#logger);
      this.#server.catch(() => (this.#server = undefined));
    }
    return this.#server;
  }

  #createPool({ login, admin }: DatabaseServer): SharedPool {
    const pool = new SharedPool({
      ...this.#settings.pool,
      open: (place) => {
        const { client } = place.user === admin.user ? admin : login;
        return this.#outside(() => PooledConnection.open({ ...client, database: place.database }, this.#noteCall));
      },
      logger: this.#logger,
      onFailure: (error) => {
        this.#noteCall();
        this.#outside(() => this.#monitor.noteFailure(error));
      },
      onLost: () => this.#outside(() => this.#monitor.noteLost()),
      onSuccess: () => this.#outside(() => this.#monitor.noteSuccess()),
    });
    pool.register(HOST_OWNER);
    return pool;
  }

  async #askFacts(pool: SharedPool): Promise<ServerFacts> {
    const lease = await pool.acquire(this.#hostSession as PluginSession);
    try {
      const { rows } = (await lease.query(FACTS_SQL)) as { rows: [ServerFacts] };
      return rows[0];
    } finally {
      await lease.release();
    }
  }

  async #probe(): Promise<void> {
    if (this.#pool === undefined || this.#hostSession === undefined) {
      return;
    }
    if (!this.#monitor.status.healthy) {
      await (await this.#server)?.revive?.();
    }
    const lease = await this.#pool.acquire(this.#hostSession);
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(noAnswer()), PROBE_TIMEOUT);
    });
    try {
      await Promise.race([lease.query('SELECT 1'), silence]);
      await lease.release();
    } catch (error) {
      await lease.end();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

const FACTS_SQL = `
  SELECT current_setting('server_version_num')::int AS number,
         split_part(current_setting('server_version'), ' ', 1) AS version,
         rolsuper AS superuser
    FROM pg_roles WHERE rolname = current_user`;

function placeOf({ user, database }: ConnectionSettings): ConnectionPlace {
  return { user, database };
}

/** Knex reports what it also throws; whoever wants both looks at the details. */
function knexLogger(logger: LoggerService): Knex.Logger {
  const debug = (message: unknown): void => logger.debug(`knex: ${String(message)}`);
  return { warn: debug, error: debug, debug, deprecate: (method, alternative) => debug(`${method} → ${alternative}`) };
}
