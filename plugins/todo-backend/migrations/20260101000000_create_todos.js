/**
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
  await knex.schema.createTable('todos', (table) => {
    table.uuid('id').primary();
    table.text('owner').notNullable();
    table.text('title').notNullable();
    table.boolean('done').notNullable();
    table.integer('version').notNullable().defaultTo(1);
    // The database's clock, because those of the replicas differ; milliseconds, because JavaScript knows no less.
    table.timestamp('created_at', { precision: 3 }).notNullable().defaultTo(knex.fn.now(3));
    table.timestamp('updated_at', { precision: 3 }).notNullable().defaultTo(knex.fn.now(3));
  });
  // In the order of a page, so that reading one costs the same however many todos there are.
  await knex.raw('create index todos_page on todos (owner, created_at desc, id desc)');
}

/**
 * @param {import('knex').Knex} knex
 */
export async function down(knex) {
  await knex.schema.dropTable('todos');
}
