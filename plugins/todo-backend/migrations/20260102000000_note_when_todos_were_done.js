/**
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
  await knex.schema.alterTable('todos', (table) => {
    // Absent while the todo is open.
    table.timestamp('done_at', { precision: 3 });
  });
  // The best guess for those that are done already.
  await knex('todos')
    .where({ done: true })
    .update({ done_at: knex.ref('updated_at') });
}

/**
 * @param {import('knex').Knex} knex
 */
export async function down(knex) {
  await knex.schema.alterTable('todos', (table) => {
    table.dropColumn('done_at');
  });
}
