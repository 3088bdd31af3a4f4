import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import type { Knex } from 'knex';
import { startDatabase, type DatabaseHarness } from './database-harness.ts';

// Real servers and processes, on machines that are busy with other tests.
jest.setTimeout(60_000);

let database: TestDatabase;
let host: DatabaseHarness;
let knex: Knex;
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.dispose());

// Nobody else is there, so everything goes to the one connection that the plugin has had.
beforeEach(async () => {
  host = startDatabase(database);
  knex = await host.root.getClient('inventory');
  await knex.schema.createTable('items', (table) => {
    table.integer('id');
    table.text('name');
  });
  await knex('items').insert({ id: 1, name: 'lamp' });
});
afterEach(async () => {
  await knex.schema.dropTable('items');
  await host.root.stop();
});

const byId = (): Knex.QueryBuilder => knex('items').where({ id: 1 });

async function times(count: number, ask: () => PromiseLike<unknown>): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await ask();
  }
}

async function prepared(): Promise<string[]> {
  // Two statements in one text are never prepared themselves.
  const [{ rows }] = await knex.raw('SELECT statement FROM pg_prepared_statements ORDER BY prepare_time; SELECT 1');
  return rows.map(({ statement }: { statement: string }) => statement);
}

describe('a statement is prepared', () => {
  it('when it comes for the sixth time', async () => {
    await times(5, byId);
    expect(await prepared()).toEqual([]);
    await times(2, byId);
    expect(await prepared()).toEqual(['select * from "items" where "id" = $1']);
  });

  it('whatever its values are, and answers with those of the moment', async () => {
    await times(6, byId);
    await knex('items').insert({ id: 2, name: 'desk' });
    expect(await knex('items').where({ id: 2 })).toEqual([{ id: 2, name: 'desk' }]);
    expect(await knex('items').where({ id: 3 })).toEqual([]);
  });

  it('if it has no values', async () => {
    await times(6, () => knex('items').select('name'));
    expect(await prepared()).toEqual(['select "name" from "items"']);
  });

  it('in each connection that it comes to', async () => {
    await times(6, byId);
    const lease = await knex.client.acquireConnection();
    expect(await prepared()).toEqual([]);
    expect(await byId()).toHaveLength(1);
    expect(await prepared()).toHaveLength(1);
    await knex.client.releaseConnection(lease);
  });
});

describe('a statement goes by its text', () => {
  it('if it writes', async () => {
    let id = 10;
    await times(7, () => knex('items').insert({ id: (id += 1), name: 'chair' }));
    await times(7, () => knex('items').where({ name: 'chair' }).update({ name: 'stool' }));
    await times(7, () =>
      knex('items')
        .where({ id: (id -= 1) })
        .del(),
    );
    await times(7, () => knex.with('gone', knex('items').where({ id: 1 }).del().returning('id')).from('gone'));
    expect(await prepared()).toEqual([]);
  });

  it('behind another that is under way, which may begin a transaction', async () => {
    await times(5, () => knex.raw('select name from items'));
    const lease = await knex.client.acquireConnection();
    const ask = (): Promise<unknown> => knex.client.query(lease, { sql: 'select name from items', bindings: [] });
    await Promise.all([lease.query('BEGIN'), ask()]);
    await lease.query('COMMIT');
    await knex.client.releaseConnection(lease);
    expect(await prepared()).toEqual([]);
  });

  it('in a transaction, where a prepared one that is outdated could not be asked again', async () => {
    await times(6, byId);
    await knex.transaction(async (trx) => {
      await times(6, () => trx('items').where({ name: 'lamp' }));
      await trx.schema.alterTable('items', (table) => table.integer('price'));
      expect(await trx('items').where({ id: 1 })).toEqual([{ id: 1, name: 'lamp', price: null }]);
    });
    expect(await prepared()).toHaveLength(1);
  });

  it('if it is no statement that is planned, or more than one', async () => {
    await times(7, () => knex.raw('SHOW search_path'));
    await times(7, () => knex.raw('SELECT 1; SELECT 2'));
    await times(7, () => knex.raw('CREATE TABLE IF NOT EXISTS items (id int)'));
    expect(await prepared()).toEqual([]);
  });

  it('if a hundred others are prepared already', async () => {
    for (let column = 0; column < 102; column += 1) {
      await times(6, () => knex('items').select({ [`column_${column}`]: 'id' }));
    }
    expect(await prepared()).toHaveLength(100);
  });

  it('if values are written into it, however many come', async () => {
    for (let id = 0; id < 1_000; id += 1) {
      await knex.raw(`select * from items where id = ${id}`);
    }
    expect(await prepared()).toEqual([]);
  });
});

describe('a prepared statement still answers', () => {
  beforeEach(() => times(7, byId));

  it('after the table has got another column', async () => {
    await knex.schema.alterTable('items', (table) => table.integer('price'));
    expect(await byId()).toEqual([{ id: 1, name: 'lamp', price: null }]);
    await times(7, byId);
    expect(await byId()).toEqual([{ id: 1, name: 'lamp', price: null }]);
  });

  it('after a column that it compares has got another type', async () => {
    await knex.raw('ALTER TABLE items ALTER COLUMN id TYPE text');
    expect(await knex('items').where({ id: '1' })).toEqual([{ id: '1', name: 'lamp' }]);
  });

  it('after the table has been made anew', async () => {
    await knex.schema.dropTable('items');
    await expect(byId()).rejects.toMatchObject({ code: '42P01' });
    await knex.schema.createTable('items', (table) => {
      table.uuid('id');
      table.text('name');
    });
    expect(await knex('items').where({ id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6' })).toEqual([]);
  });

  it('after the plugin has thrown away whatever was prepared', async () => {
    await knex.raw('DEALLOCATE ALL');
    expect(await byId()).toEqual([{ id: 1, name: 'lamp' }]);
    expect(await byId()).toEqual([{ id: 1, name: 'lamp' }]);
  });

  it('after the plugin has reset its session', async () => {
    const connection = await knex.client.acquireConnection();
    await connection.query('DISCARD ALL');
    await knex.client.releaseConnection(connection);
    expect(await byId()).toEqual([{ id: 1, name: 'lamp' }]);
  });

  it('after a column that it compares, but does not show, has got another type', async () => {
    const nameOf = (id: number | string): PromiseLike<unknown> => knex('items').where({ id }).pluck('name');
    await times(7, () => nameOf(1));
    await knex.raw('ALTER TABLE items ALTER COLUMN id TYPE text');
    expect(await nameOf('none')).toEqual([]);
    expect(await nameOf('1')).toEqual(['lamp']);
  });

  it('with its own error when it is wrong, after it has been asked once more', async () => {
    await knex.raw('CREATE SEQUENCE asked');
    const divide = (by: number): PromiseLike<unknown> =>
      knex.select(knex.raw(`nextval('asked') / ?::int AS part`, [by]));
    await times(7, () => divide(1));
    await expect(divide(0)).rejects.toMatchObject({ code: '22012' });
    expect(await divide(1)).toEqual([{ part: '10' }]);
    await knex.raw('DROP SEQUENCE asked');
  });

  it('under one name, however often its values are wrong', async () => {
    const search = (text: string): PromiseLike<unknown> => knex.select(knex.raw('to_tsquery(?) AS query', [text]));
    await times(7, () => search('lamp'));
    for (let failed = 0; failed < 20; failed += 1) {
      await expect(search('lamp &&& lamp')).rejects.toMatchObject({ code: '42601' });
      await times(7, () => search('lamp'));
    }
    const names = await prepared();
    expect(names).toEqual([...new Set(names)]);
  });

  it('with the error of its text, when that is wrong as well', async () => {
    await knex.raw('ALTER TABLE items RENAME COLUMN id TO number');
    await expect(byId()).rejects.toMatchObject({ code: '42703' });
    await knex.raw('ALTER TABLE items RENAME COLUMN number TO id');
    expect(await byId()).toEqual([{ id: 1, name: 'lamp' }]);
  });
});
