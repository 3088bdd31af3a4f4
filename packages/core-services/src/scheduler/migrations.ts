import type { Knex } from 'knex';
import { ListedMigrationSource } from '../database/migrations/listed-migration-source.ts';

/** Where the tasks of a plugin are kept, in the plugin's own schema. */
export const TASKS_TABLE = 'bulkhead_scheduler_tasks';

const MIGRATIONS = new ListedMigrationSource([
  {
    name: '01-tasks',
    async up(knex) {
      await knex.schema.createTable(TASKS_TABLE, (table) => {
        table.comment('Recurring tasks of this plugin, shared by all processes that run it');
        table.text('id').primary();
        table.jsonb('settings').notNullable().comment('The schedule that was last asked for');
        table.timestamp('next_run_at', { useTz: true }).comment('When it is due; null if only when triggered');
        table.uuid('run_ticket').comment('Known to the process that runs it; null while nobody does');
        table.timestamp('run_started_at', { useTz: true });
        table.timestamp('run_expires_at', { useTz: true }).comment('Prolonged by the process for as long as it lives');
        table.boolean('run_cancelled').notNullable().defaultTo(false).comment('The run is to end');
      });
    },
    async down(knex) {
      await knex.schema.dropTable(TASKS_TABLE);
    },
  },
]);

/** Brings the table up to date, one process at a time. */
export async function migrateTasks(knex: Knex): Promise<void> {
  await knex.migrate.latest({
    tableName: 'bulkhead_scheduler_migrations',
    migrationSource: MIGRATIONS,
  });
}
