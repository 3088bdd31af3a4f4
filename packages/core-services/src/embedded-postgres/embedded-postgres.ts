import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { locateBinaries, type PostgresBinaries } from './binaries.ts';
import { ADMIN_USER, clusterExists, createCluster } from './cluster.ts';
import { withCrossProcessLock } from './cross-process-lock.ts';
import { dataInUse, serverNotRevived } from './errors.ts';
import { placeServer, type Placement } from './placement.ts';
import { findPostmaster, startPostmaster, stopPostmaster, type RunningPostmaster } from './postmaster.ts';
import { DATABASE, LOGIN_USER, prepareServer } from './prepare-server.ts';
import { newServerState, readServerState, writeServerState, type ServerState } from './server-state.ts';
import { UserRegistry } from './user-registry.ts';

/** How to reach a PostgreSQL server. */
export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Options of {@link EmbeddedPostgres.start}. */
export interface EmbeddedPostgresOptions {
  /** Where the data lie. One server runs on it, however many processes ask for it. */
  readonly dataDir: string;
  /**
   * Where the data go if the account that runs PostgreSQL for root may not enter `dataDir`. Without it that is an error.
   */
  readonly fallbackRoot?: string;
  /** Whether data have to survive a power cut; `false` makes a server for tests. Default `true`. */
  readonly durable?: boolean;
  /** Told what takes time: `'initialising the database'`. */
  readonly onProgress?: (message: string) => void;
}

/** Where copies of the binaries go that an account of the system can run. */
const STAGE_ROOT = '/var/lib/bulkhead';
/** Longer than an initialisation and a recovery. */
const LOCK_TIMEOUT = 180_000;

/**
 * A PostgreSQL server on this machine, from the binaries that npm installs. Whoever comes first starts it, others join,
 * the last to leave stops it. It runs in a session of its own, so it survives a crash of its users, and the next user
 * joins it.
 */
export class EmbeddedPostgres {
  /** For plugins and the host: may not do anything but log in; see the roles that are granted to it. */
  readonly connection: PostgresAddress;
  /** For making roles and schemas. */
  readonly admin: PostgresAddress;
  /** Where the data are. Not the folder that was asked for if `relocated`. */
  readonly dataDir: string;
  readonly relocated: boolean;

  readonly #session: ServerSession;
  #server: RunningPostmaster;
  #left: Promise<void> | undefined;

  private constructor(session: ServerSession, server: RunningPostmaster, state: ServerState) {
    const address = { host: '127.0.0.1', port: server.port, database: DATABASE };
    this.connection = { ...address, user: LOGIN_USER, password: state.loginPassword };
    this.admin = { ...address, user: ADMIN_USER, password: state.adminPassword };
    this.dataDir = session.placement.home;
    this.relocated = session.placement.relocated;
    this.#session = session;
    this.#server = server;
  }

  /** The process id of the server. */
  get pid(): number {
    return this.#server.identity.pid;
  }

  /**
   * Starts the server, or joins the one that runs.
   *
   * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_*`, each described in docs/errors.md
   */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const placement = await placeServer({ folder: options.dataDir, fallbackRoot: options.fallbackRoot });
    const session = new ServerSession(placement, options);
    const { server, state } = await session.join();
    return new EmbeddedPostgres(session, server, state);
  }

  /**
   * Starts the server again if it has ended. Does nothing if it runs, or after {@link stop}.
   *
   * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_*`
   */
  async revive(): Promise<void> {
    if (this.#left === undefined) {
      this.#server = await this.#session.revive(this.#server);
    }
  }

  /** Leaves the server; stops it if nobody else uses it. Idempotent. */
  stop(): Promise<void> {
    this.#left ??= this.#session.leave();
    return this.#left;
  }

  /**
   * Stops a server that nobody uses any more, and deletes its data. For throw-away servers, after their users.
   *
   * @returns whether it did; `false` if the server has users
   */
  static async remove(dataDir: string): Promise<boolean> {
    const users = await new UserRegistry(join(dataDir, 'users')).count();
    if (users.here + users.elsewhere > 0) {
      return false;
    }
    const server = await findPostmaster(dataDir);
    if (server) {
      await stopPostmaster(server);
    }
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
    return true;
  }
}

/** One user's part in a server that is shared by processes. Everything that looks and then acts does so under a lock. */
class ServerSession {
  readonly placement: Placement;
  readonly #users: UserRegistry;
  readonly #stateFile: string;
  readonly #durable: boolean;
  readonly #onProgress: (message: string) => void;
  readonly #dataDir: string;
  #key: string | undefined;

  constructor(placement: Placement, options: EmbeddedPostgresOptions) {
    this.placement = placement;
    this.#users = new UserRegistry(join(placement.home, 'users'), placement.fileOwner);
    this.#stateFile = join(placement.home, 'state.json');
    this.#durable = options.durable ?? true;
    this.#onProgress = options.onProgress ?? (() => undefined);
    this.#dataDir = resolve(options.dataDir);
  }

  join(): Promise<{ server: RunningPostmaster; state: ServerState }> {
    return this.#locked(async () => {
      this.#key = await this.#users.register();
      let server: RunningPostmaster | undefined;
      try {
        server = (await findPostmaster(this.placement.home)) ?? (await this.#launch());
        return { server, state: await this.#prepare(server) };
      } catch (error) {
        await this.#stopUnlessUsed(server);
        throw error;
      }
    });
  }

  /** The server at the same address, started if nobody else has done so. Its data must still be there. */
  revive(last: RunningPostmaster): Promise<RunningPostmaster> {
    return this.#locked(async () => {
      const { home } = this.placement;
      const running = await findPostmaster(home);
      if (this.#key === undefined) {
        return running ?? last;
      }
      if (running === undefined) {
        this.#onProgress('the server has ended; starting it again');
      }
      const server = running ?? (await this.#startOn(await this.#findBinaries()));
      await this.#prepare(server);
      if (server.port !== last.port) {
        throw serverNotRevived(home, last.port);
      }
      return server;
    });
  }

  /** Whichever server runs there now: another user may have started it anew. */
  leave(): Promise<void> {
    return this.#locked(async () => this.#stopUnlessUsed(await findPostmaster(this.placement.home)));
  }

  async #stopUnlessUsed(server: RunningPostmaster | undefined): Promise<void> {
    await this.#users.unregister(this.#key ?? '');
    this.#key = undefined;
    const users = await this.#users.count();
    if (server && users.here + users.elsewhere === 0) {
      await stopPostmaster(server);
    }
  }

  async #launch(): Promise<RunningPostmaster> {
    const { home } = this.placement;
    if ((await this.#users.count()).elsewhere > 0) {
      throw dataInUse(home);
    }
    const binaries = await this.#findBinaries();
    if (!(await clusterExists(home, binaries))) {
      await this.#initialise(binaries);
    }
    return this.#startOn(binaries);
  }

  #findBinaries(): Promise<PostgresBinaries> {
    const { home, account } = this.placement;
    return locateBinaries({ account, stageRoots: account ? [STAGE_ROOT, home] : [home] });
  }

  async #startOn(binaries: PostgresBinaries): Promise<RunningPostmaster> {
    const { port } = await readServerState(this.#stateFile);
    return startPostmaster({
      binaries,
      placement: this.placement,
      preferredPort: port,
      durable: this.#durable,
      onProgress: this.#onProgress,
    });
  }

  async #initialise(binaries: PostgresBinaries): Promise<void> {
    this.#onProgress('initialising the database');
    const state = newServerState();
    // Before the cluster: a cluster whose passwords are lost is of no use, passwords without a cluster do no harm.
    await this.#write(state);
    await createCluster({
      binaries,
      placement: this.placement,
      adminPassword: state.adminPassword,
      durable: this.#durable,
    });
    if (this.placement.relocated) {
      await writeFile(join(this.placement.home, 'origin'), `${this.#dataDir}\n`);
    }
  }

  async #prepare(server: RunningPostmaster): Promise<ServerState> {
    const state = await readServerState(this.#stateFile);
    if (state.prepared && state.port === server.port) {
      return state;
    }
    if (!state.prepared) {
      await prepareServer(server.port, state);
    }
    const next = { ...state, prepared: true, port: server.port };
    await this.#write(next);
    return next;
  }

  #write(state: ServerState): Promise<void> {
    return writeServerState(this.#stateFile, state, this.placement.fileOwner);
  }

  #locked<T>(fn: () => Promise<T>): Promise<T> {
    const onWait = (): void => this.#onProgress('waiting for another process that prepares the database');
    return withCrossProcessLock(join(this.placement.home, 'lock'), { timeout: LOCK_TIMEOUT, onWait }, fn);
  }
}
