import { describe, expect, it } from '@jest/globals';
import type { DatabaseService } from '@bulkhead/backend-plugin-api';
import type { Knex } from 'knex';
import { subjectPerSuite, type ContractSubject, type CreateSubject } from './subject.ts';

/** The databases of two plugins, on one PostgreSQL, both empty. */
export interface DatabaseServiceSubject extends ContractSubject<DatabaseService> {
  /** The database of another plugin. */
  readonly other: DatabaseService;
}

/** Contract of {@link DatabaseService}. */
export function describeDatabaseService(name: string, create: CreateSubject<DatabaseServiceSubject>): void {
  describe(`${name} as a DatabaseService`, () => {
    const subject = subjectPerSuite(create);
    const client = (): Promise<Knex> => subject().service.getClient();

    it('gives one client, however often it is asked', async () => {
      const { service } = subject();
      const [one, another] = await Promise.all([service.getClient(), service.getClient()]);
      expect(one).toBe(another);
    });

    it('speaks to a PostgreSQL, and says so', async () => {
      const knex = await client();
      expect(knex.client.config.client).toBe('pg');
      const { rows } = await knex.raw<{ rows: unknown[] }>("SELECT jsonb_build_object('a', ?::int) AS value", [1]);
      expect(rows).toEqual([{ value: { a: 1 } }]);
    });

    it('applies migrations once, also when several want to at the same time', async () => {
      const knex = await client();
      const config = { migrationSource: createMigrations('contract_items') };
      await Promise.all([knex.migrate.latest(config), knex.migrate.latest(config)]);
      await knex.migrate.latest(config);
      await knex('contract_items').insert({ title: 'a' });
      expect(await knex('contract_items').select('title')).toEqual([{ title: 'a' }]);
    });

    it('undoes a transaction that fails', async () => {
      const knex = await client();
      await knex.schema.createTable('contract_accounts', (table) => table.integer('amount'));
      const failure = new RangeError('no');
      const attempt = knex.transaction(async (transaction) => {
        await transaction('contract_accounts').insert({ amount: 1 });
        throw failure;
      });
      await expect(attempt).rejects.toBe(failure);
      expect(await knex('contract_accounts')).toEqual([]);
    });

    it('keeps plugins apart, though they name their tables alike', async () => {
      const [mine, others] = await Promise.all([client(), subject().other.getClient()]);
      await mine.schema.createTable('contract_notes', (table) => table.text('text'));
      expect(await others.schema.hasTable('contract_notes')).toBe(false);
      await others.schema.createTable('contract_notes', (table) => table.text('text'));
      await mine('contract_notes').insert({ text: 'mine' });
      expect(await others('contract_notes')).toEqual([]);
    });

    it('leaves the errors of statements as they are', async () => {
      const knex = await client();
      await knex.schema.createTable('contract_unique', (table) => table.integer('id').primary());
      await knex('contract_unique').insert({ id: 1 });
      await expect(knex('contract_unique').insert({ id: 1 })).rejects.toMatchObject({ code: '23505' });
    });

    it('reads row by row', async () => {
      const knex = await client();
      const numbers: number[] = [];
      for await (const row of knex.select(knex.raw('generate_series(1, 50) AS number')).stream({ highWaterMark: 7 })) {
        numbers.push((row as { number: number }).number);
      }
      expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    });

    it('hands out a connection to listen on', async () => {
      const knex = await client();
      const connection = await knex.client.acquireRawConnection();
      const heard = new Promise((resolve) => connection.once('notification', resolve));
      await connection.query('LISTEN contract_news');
      await knex.raw("SELECT pg_notify('contract_news', 'it works')");
      expect(await heard).toMatchObject({ channel: 'contract_news', payload: 'it works' });
      await knex.client.destroyRawConnection(connection);
    });

    it('leaves migrations to the plugin unless it says otherwise', () => {
      expect(subject().service.migrations?.skip ?? false).toBe(false);
    });
  });
}

function createMigrations(table: string): Knex.MigrationSource<string> {
  return {
    getMigrations: async () => ['create'],
    getMigrationName: (migration) => migration,
    getMigration: async () => ({
      up: (knex) => knex.schema.createTable(table, (columns) => columns.text('title')),
      down: (knex) => knex.schema.dropTable(table),
    }),
  };
}
