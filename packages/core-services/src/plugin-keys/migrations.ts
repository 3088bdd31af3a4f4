import type { Knex } from 'knex';
import { ListedMigrationSource } from '../database/migrations/listed-migration-source.ts';

/** Where the public keys of all plugins are kept, in the schema of the host. */
export const PUBLIC_KEYS_TABLE = 'backstage_backend_public_keys__keys';

const MIGRATIONS = new ListedMigrationSource([
  {
    name: '01-public-keys',
    async up(knex) {
      await knex.schema.createTable(PUBLIC_KEYS_TABLE, (table) => {
        table.comment('Public keys with which the tokens of plugins are verified; the private ones are in no table');
        table.text('plugin_id').notNullable();
        table.text('id').notNullable().comment('The kid in the header of a token');
        table.jsonb('key').notNullable().comment('The public part as JSON Web Key');
        table.timestamp('expires_at', { useTz: true }).notNullable();
        table.primary(['plugin_id', 'id']);
      });
    },
    async down(knex) {
      await knex.schema.dropTable(PUBLIC_KEYS_TABLE);
    },
  },
]);

/** Brings the table up to date, one process at a time. */
export async function migratePublicKeys(knex: Knex): Promise<void> {
  await knex.migrate.latest({
    tableName: 'backstage_backend_public_keys__migrations',
    migrationSource: MIGRATIONS,
  });
}
