import type { Knex } from 'knex';
import type { ConnectionLease } from '../pool/connection-lease.ts';
import { DirectoryMigrationSource } from './directory-migration-source.ts';
import { ListedMigrationSource } from './listed-migration-source.ts';
import { migrationSourceOf } from './migration-source.ts';

/** The record that Knex keeps of a migration that has run. */
interface MigrationRecord {
  readonly name: string;
  readonly batch: number;
}

/**
 * What `latest` answers where there is nothing left to do, as at nearly every start: two questions to the server in
 * place of twenty, and no lock. A migration is recorded when it has ended, so that what is on record is there, whoever
 * else is migrating; only who goes back meanwhile by a migration without a transaction is seen too late.
 *
 * Sources of others go without, since they may not be asked more than once, or in other ways than Knex asks.
 *
 * @returns `undefined` where something is left to do, or to complain about
 */
export async function answerIfDone(
  lease: ConnectionLease,
  config: Knex.MigratorConfig = {},
): Promise<readonly [batch: number, names: readonly string[]] | undefined> {
  const { tableName = 'knex_migrations', schemaName = null } = config;
  const source = migrationSourceOf(config);
  if (!(source instanceof DirectoryMigrationSource || source instanceof ListedMigrationSource)) {
    return undefined;
  }
  try {
    const [{ table }] = await rowsOf<[{ table: string | null }]>(lease, FIND_TABLE_SQL, [schemaName, tableName]);
    if (table === null) {
      return undefined;
    }
    const recorded = await rowsOf<readonly MigrationRecord[]>(lease, `SELECT name, batch FROM ${table}`);
    const known = (await source.getMigrations()).map(({ name }) => name);
    return isSame(known, recorded) ? [Math.max(...recorded.map(({ batch }) => batch)), []] : undefined;
  } catch {
    // Whatever is wrong will show, and be said as Knex says it, when things take their usual course.
    return undefined;
  }
}

/** As Knex looks for it: in one schema, not on the whole search path. */
const FIND_TABLE_SQL = `SELECT to_regclass(format('%I.%I', coalesce($1::text, current_schema()), $2::text))::text AS "table"`;

async function rowsOf<TRows>(lease: ConnectionLease, sql: string, values: readonly unknown[] = []): Promise<TRows> {
  const { rows } = (await lease.query(sql, values)) as { readonly rows: TRows };
  return rows;
}

function isSame(known: readonly string[], recorded: readonly MigrationRecord[]): boolean {
  const names = new Set(recorded.map(({ name }) => name));
  return known.length > 0 && new Set(known).size === names.size && known.every((name) => names.has(name));
}
