/**
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
  await knex.schema.createTable('digests', (table) => {
    table.text('owner').notNullable();
    table.date('day').notNullable();
    table.integer('open').notNullable();
    table.integer('done').notNullable();
    table.integer('created').notNullable();
    table.integer('completed').notNullable();
    table.specificType('titles', 'text[]').notNullable();
    // By the clock of whoever keeps the todos, so that of two counts the newer one is known whichever comes later.
    table.timestamp('counted_at', { precision: 3 }).notNullable();
    table.primary(['owner', 'day']);
  });
}

/**
 * @param {import('knex').Knex} knex
 */
export async function down(knex) {
  await knex.schema.dropTable('digests');
}
