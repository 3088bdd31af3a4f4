import { resolvePackagePath, type DatabaseService } from '@bulkhead/backend-plugin-api';
import type { Knex } from 'knex';

/** Brings the plugin's schema up to date, and opens it. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: resolvePackagePath('@bulkhead/plugin-todo-backend', 'migrations') });
  }
  return knex;
}
