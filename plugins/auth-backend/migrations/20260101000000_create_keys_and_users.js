/**
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
  await knex.schema.createTable('public_keys', (table) => {
    table.comment('Public keys with which tokens of users are verified; the private ones are in no table');
    table.text('id').primary().comment('The kid in the header of a token');
    table.jsonb('key').notNullable().comment('The public part as JSON Web Key');
    table.timestamp('expires_at', { useTz: true }).notNullable();
  });
  await knex.schema.createTable('users', (table) => {
    table.comment('Whoever has signed in, as known then');
    table.text('entity_ref').primary();
    table.jsonb('ownership_entity_refs').notNullable();
    table.timestamp('signed_in_at', { useTz: true }).notNullable();
  });
}

/**
 * @param {import('knex').Knex} knex
 */
export async function down(knex) {
  await knex.schema.dropTable('users');
  await knex.schema.dropTable('public_keys');
}
