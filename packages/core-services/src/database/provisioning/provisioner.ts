import { ownedByAnother, provisioningDenied } from '../errors.ts';
import { LOCK_SPACE, lockNumber, pluginObjectName } from '../plugin-names.ts';
import type { ConnectionLease } from '../pool/connection-lease.ts';
import type { ConnectionPlace, PluginSession } from '../pool/plugin-session.ts';
import { createPluginSession } from '../pool/plugin-session.ts';
import type { SharedPool } from '../pool/shared-pool.ts';
import { createDatabaseSql, lookUpSql, provisionSql, type ProvisionedRow } from './provisioning-sql.ts';

/** Options of {@link Provisioner}. */
export interface ProvisionerOptions {
  readonly pool: SharedPool;
  readonly division: 'schema' | 'database';
  readonly prefix: string;
  readonly roles: boolean;
  /** Where plugins connect. */
  readonly login: ConnectionPlace;
  /** Where roles, schemas and databases are made. */
  readonly admin: ConnectionPlace;
  /** `server_version_num`. */
  readonly serverVersion: number;
}

/** The owner of the connections that the host uses for itself. */
export const HOST_OWNER = 'host';

interface Request {
  readonly pluginId: string;
  readonly name: string;
  readonly resolve: (session: PluginSession) => void;
  readonly reject: (error: unknown) => void;
}

interface Rows<TRow> {
  readonly rows: readonly TRow[];
}

/**
 * Makes a plugin's role, and its schema or database, if they are not there. Plugins that ask at about the same time are
 * served together: one question for all, and, if anything is missing, one statement for all of it.
 */
export class Provisioner {
  readonly #options: ProvisionerOptions;
  #batch: Request[] | undefined;

  constructor(options: ProvisionerOptions) {
    this.#options = options;
  }

  /**
   * The session for a plugin whose place is there.
   *
   * @throws BulkheadError `ERR_DATABASE_PROVISIONING_DENIED`, `ERR_DATABASE_OWNED_BY_ANOTHER`
   */
  provision(pluginId: string): Promise<PluginSession> {
    const name = pluginObjectName(this.#options.prefix, pluginId);
    return new Promise((resolve, reject) => {
      const request = { pluginId, name, resolve, reject };
      if (this.#batch) {
        this.#batch.push(request);
        return;
      }
      this.#batch = [request];
      setImmediate(() => void this.#flush());
    });
  }

  async #flush(): Promise<void> {
    const batch = this.#batch ?? [];
    this.#batch = undefined;
    try {
      const missing = await this.#findMissing(batch);
      if (missing.length > 0) {
        await this.#make([...new Set(missing)]);
      }
      for (const { pluginId, name, resolve } of batch) {
        resolve(this.#session(pluginId, name));
      }
    } catch (error) {
      for (const { reject } of batch) {
        reject(error);
      }
    }
  }

  /** The names of what has to be made; rejects the requests for what belongs to somebody else. */
  async #findMissing(batch: readonly Request[]): Promise<string[]> {
    const { division, roles, login, serverVersion } = this.#options;
    const names = batch.map(({ name }) => name);
    const { rows } = await this.#query<ProvisionedRow>(login, lookUpSql(division, serverVersion), [names]);
    const found = new Map(rows.map((row) => [row.name, row]));
    return batch.flatMap(({ pluginId, name, reject }) => {
      const row = found.get(name);
      if (roles && row?.owner != null && row.owner !== name) {
        reject(ownedByAnother(pluginId, name, row.owner));
        return [];
      }
      const complete = row?.owner != null && (!roles || (row.has_role && row.member));
      return complete ? [] : [name];
    });
  }

  async #make(names: readonly string[]): Promise<void> {
    const { division, roles, login, admin, serverVersion } = this.#options;
    const schemas = division === 'schema';
    try {
      if (roles || schemas) {
        await this.#query(admin, provisionSql({ names, login: login.user, roles, schemas, serverVersion }));
      }
      if (!schemas) {
        await this.#makeDatabases(names);
      }
    } catch (error) {
      throw (error as { code?: string }).code === '42501'
        ? provisioningDenied(admin.user, admin.database, error)
        : error;
    }
  }

  async #makeDatabases(names: readonly string[]): Promise<void> {
    const { pool, roles, login, admin } = this.#options;
    const lease = await pool.acquire(this.#hostSession(admin));
    const lock = `${LOCK_SPACE}, ${lockNumber('provision')}`;
    try {
      // Of the session, for CREATE DATABASE runs in no transaction; it ends with the session at the latest.
      await lease.query(`SELECT pg_advisory_lock(${lock})`);
      for (const name of names) {
        const [create = '', ...others] = createDatabaseSql(name, roles ? name : login.user, login.user);
        await (lease.query(create) as Promise<unknown>).catch(ignoreDuplicate);
        for (const statement of others) {
          await lease.query(statement);
        }
      }
    } finally {
      await this.#giveBack(lease, admin);
    }
  }

  #session(pluginId: string, name: string): PluginSession {
    const { division, roles, login } = this.#options;
    return createPluginSession({
      owner: pluginId,
      place: division === 'schema' ? login : { ...login, database: name },
      role: roles ? name : undefined,
      // Functions of extensions live in public; nobody but an administrator can make anything there.
      searchPath: division === 'schema' ? [name, 'public'] : undefined,
    });
  }

  async #query<TRow>(place: ConnectionPlace, sql: string, values?: unknown[]): Promise<Rows<TRow>> {
    const { pool } = this.#options;
    const lease = await pool.acquire(this.#hostSession(place));
    try {
      return (await lease.query(sql, values)) as Rows<TRow>;
    } finally {
      await this.#giveBack(lease, place);
    }
  }

  /** Connections of an administrator are not kept: no plugin can use them, and it is better if none tries. */
  #giveBack(lease: ConnectionLease, place: ConnectionPlace): Promise<void> {
    return place.user === this.#options.login.user ? lease.release() : lease.end();
  }

  #hostSession(place: ConnectionPlace): PluginSession {
    return createPluginSession({ owner: HOST_OWNER, place, role: undefined, searchPath: undefined });
  }
}

function ignoreDuplicate(error: Error & { code?: string }): void {
  if (error.code !== '42P04') {
    throw error;
  }
}
