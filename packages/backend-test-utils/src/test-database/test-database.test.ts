import { afterAll, describe, expect, it } from '@jest/globals';
import { TestDatabase } from './index.ts';

describe('TestDatabase', () => {
  const databases: TestDatabase[] = [];
  afterAll(() => Promise.all(databases.map((database) => database.dispose())));

  async function create(): Promise<TestDatabase> {
    const database = await TestDatabase.create();
    databases.push(database);
    return database;
  }

  it('is empty, and nobody else sees what is stored in it', async () => {
    const [one, other] = await Promise.all([create(), create()]);
    const [client, otherClient] = await Promise.all([one.client(), other.client()]);
    await client.schema.createTable('notes', (table) => table.text('text'));
    await client('notes').insert({ text: 'mine' });
    expect(await client('notes')).toEqual([{ text: 'mine' }]);
    expect(await otherClient.schema.hasTable('notes')).toBe(false);
  });

  it('is gone after dispose, also while clients are connected', async () => {
    const watcher = await (await create()).client();
    const database = await TestDatabase.create();
    const { default: pg } = await import('pg');
    const straggler = new pg.Client({ connectionString: database.url });
    const ended = new Promise((resolve) => straggler.on('error', resolve));
    await straggler.connect();
    await database.dispose();
    await database.dispose();
    await ended;
    const left = await watcher.raw('SELECT FROM pg_database WHERE datname = ?', [database.name]);
    const roles = await watcher.raw(`SELECT FROM pg_roles WHERE rolname LIKE ? || '%'`, [database.name]);
    expect([left.rowCount, roles.rowCount]).toEqual([0, 0]);
  });

  it('hands a host a login without rights', async () => {
    const database = await create();
    const { default: pg } = await import('pg');
    const { connection } = (database.config as { backend: { database: { connection: object } } }).backend.database;
    const login = new pg.Client(connection);
    await login.connect();
    try {
      const attempt = login.query('CREATE TABLE public.intruder (id int)');
      await expect(attempt).rejects.toMatchObject({ code: '42501' });
    } finally {
      await login.end();
    }
  });
});
