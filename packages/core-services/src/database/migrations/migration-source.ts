import type { Knex } from 'knex';
import { DirectoryMigrationSource } from './directory-migration-source.ts';

/** Where Knex is to find migrations, by what it was called with; `undefined` where that is left to Knex. */
export function migrationSourceOf(config: Knex.MigratorConfig): Knex.MigrationSource<unknown> | undefined {
  const { directory, loadExtensions, sortDirsSeparately, migrationSource } = config;
  if (migrationSource !== undefined || directory === undefined) {
    return migrationSource;
  }
  return new DirectoryMigrationSource({
    directories: [directory].flat(),
    sortDirsSeparately,
    extensions: loadExtensions,
  });
}
