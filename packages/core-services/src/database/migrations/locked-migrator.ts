import type { LoggerService } from '@bulkhead/backend-plugin-api';
import type { Knex } from 'knex';
import { PinnedConnections, type PluginConnections } from '../client/plugin-connections.ts';
import type { KnexFactory, PluginKnexOptions } from '../client/plugin-knex-client.ts';
import { migrationFailed, migrationLocked } from '../errors.ts';
import { LOCK_SPACE, lockNumber } from '../plugin-names.ts';
import type { ConnectionLease } from '../pool/connection-lease.ts';
import { escapeIdentifier } from '../sql-text.ts';
import { answerIfDone } from './answer-if-done.ts';
import { migrationSourceOf } from './migration-source.ts';
import { ObservedMigrationSource } from './observed-migration-source.ts';

/** Options of {@link createLockedMigrator}. */
export interface LockedMigratorOptions {
  readonly pluginId: string;
  /** The plugin's schema, or its database: what is locked. */
  readonly place: string;
  readonly connections: PluginConnections;
  readonly makeKnex: KnexFactory;
  readonly knexOptions: PluginKnexOptions;
  /** Milliseconds to wait for another process. */
  readonly lockTimeout: number;
  readonly logger: LoggerService;
}

/** Those of Knex's operations that change anything, if only by making the tables that Knex keeps its records in. */
const CHANGING = new Set(['latest', 'up', 'down', 'to', 'before', 'rollback', 'list', 'forceFreeMigrationsLock']);
const READING = new Set(['status', 'currentVersion']);

const LOCK_NOT_AVAILABLE = '55P03';

type Operation = (config?: Knex.MigratorConfig, ...rest: unknown[]) => Promise<unknown>;

/**
 * Knex's migrator for a plugin, whose changes run one at a time over all processes that share the database: under an
 * advisory lock, which PostgreSQL takes back from a process that dies. Knex's own lock, a row that says so, stays behind
 * after a crash; as nobody else can be at work, it is cleared then.
 *
 * Everything that takes the lock happens on the connection that holds it. Otherwise a process with as many plugins that migrate as it
 * has connections would wait for itself.
 */
export function createLockedMigrator(options: LockedMigratorOptions): Knex.Migrator {
  const { makeKnex, knexOptions } = options;
  return new Proxy(makeKnex(knexOptions).migrate, {
    get(migrator, property) {
      const member: unknown = Reflect.get(migrator, property);
      if (typeof property !== 'string' || typeof member !== 'function') {
        return member;
      }
      if (CHANGING.has(property)) {
        return ((config, ...rest) => run(options, { name: property, config, rest })) satisfies Operation;
      }
      if (READING.has(property)) {
        const operation = member as Operation;
        return ((config) => operation.call(migrator, withSource(config).config)) satisfies Operation;
      }
      return member.bind(migrator) as unknown;
    },
  });
}

interface Call {
  readonly name: string;
  readonly config: Knex.MigratorConfig | undefined;
  readonly rest: readonly unknown[];
}

async function run(options: LockedMigratorOptions, call: Call): Promise<unknown> {
  const lease = await options.connections.acquire().promise;
  try {
    if (call.name === 'latest') {
      const answer = await answerIfDone(lease, call.config);
      if (answer) {
        return answer;
      }
    }
    return await runLocked(lease, options, call);
  } finally {
    await lease.release();
  }
}

async function runLocked(
  lease: ConnectionLease,
  options: LockedMigratorOptions,
  { name, config, rest }: Call,
): Promise<unknown> {
  const { connections, makeKnex, knexOptions, pluginId } = options;
  try {
    await lock(lease, options);
    const observed = withSource(config);
    await clearStaleRow(lease, observed.config, options);
    const pinned = makeKnex({ ...knexOptions, connections: new PinnedConnections(lease, connections) });
    const migrator = pinned.migrate as unknown as Readonly<Record<string, Operation>>;
    try {
      return await migrator[name]?.(observed.config, ...rest);
    } catch (error) {
      const failed = observed.source?.failed;
      const rolledBack = failed?.transaction === true && observed.config.disableTransactions !== true;
      throw migrationFailed({ pluginId, name: failed?.name, rolledBack }, error);
    }
  } finally {
    await unlock(lease);
  }
}

function withSource(config: Knex.MigratorConfig = {}): {
  readonly config: Knex.MigratorConfig;
  readonly source: ObservedMigrationSource | undefined;
} {
  const unobserved = migrationSourceOf(config);
  if (unobserved === undefined) {
    return { config, source: undefined };
  }
  const { directory, loadExtensions, sortDirsSeparately, ...rest } = config;
  const source = new ObservedMigrationSource(unobserved);
  return { config: { ...rest, migrationSource: source }, source };
}

async function lock(lease: ConnectionLease, options: LockedMigratorOptions): Promise<void> {
  const { pluginId, place, lockTimeout, logger } = options;
  // If this process is killed, the server ends its statement, and with it the lock; some servers do not know how.
  await (lease.query(`SET client_connection_check_interval = '1s'`) as Promise<unknown>).catch(() => undefined);
  const numbers = [LOCK_SPACE, lockNumber(place)];
  const { rows } = (await lease.query('SELECT pg_try_advisory_lock($1, $2) AS locked', numbers)) as {
    rows: { locked: boolean }[];
  };
  if (rows[0]?.locked) {
    return;
  }
  logger.info('Another process is migrating the tables of this plugin; waiting for it.');
  try {
    await lease.query(`SET lock_timeout = ${Math.ceil(lockTimeout)}`);
    await lease.query('SELECT pg_advisory_lock($1, $2)', numbers);
    await lease.query('RESET lock_timeout');
  } catch (error) {
    throw (error as { code?: string }).code === LOCK_NOT_AVAILABLE
      ? migrationLocked(pluginId, lockTimeout, error)
      : error;
  }
}

async function unlock(lease: ConnectionLease): Promise<void> {
  try {
    await lease.query('ROLLBACK; SELECT pg_advisory_unlock_all(); RESET ALL');
  } catch {
    // The connection is gone, and the lock with it.
    await lease.end();
  }
}

async function clearStaleRow(
  lease: ConnectionLease,
  config: Knex.MigratorConfig,
  { logger }: LockedMigratorOptions,
): Promise<void> {
  const table = [config.schemaName, `${config.tableName ?? 'knex_migrations'}_lock`]
    .filter((part) => part !== undefined)
    .map(escapeIdentifier)
    .join('.');
  const { rows } = (await lease.query('SELECT to_regclass($1) AS found', [table])) as { rows: { found: unknown }[] };
  if (rows[0]?.found == null) {
    return;
  }
  const { rowCount } = (await lease.query(`UPDATE ${table} SET is_locked = 0 WHERE is_locked = 1`)) as {
    rowCount: number;
  };
  if (rowCount > 0) {
    logger.warn('A process died while it migrated the tables of this plugin; its lock was cleared.');
  }
}
