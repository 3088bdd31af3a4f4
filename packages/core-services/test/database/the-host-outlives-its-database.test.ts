import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TcpProxy, TestDatabase } from '@bulkhead/backend-test-utils';
import type { JsonObject } from '@bulkhead/types';
import { createServer, type AddressInfo } from 'node:net';
import type { DatabaseStatus, RootDatabaseService } from '../../src/database/index.ts';
import { startDatabase, until, type DatabaseHarness } from './database-harness.ts';

// Real servers and processes, on machines that are busy with other tests.
jest.setTimeout(60_000);

const UNAVAILABLE = { name: 'ServiceUnavailableError', statusCode: 503, code: 'ERR_DATABASE_UNAVAILABLE' };

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.dispose());

function connection(overrides: JsonObject): JsonObject {
  const { backend } = database.config as { backend: { database: { connection: JsonObject } } };
  return { ...backend.database.connection, ...overrides };
}

/** A host whose connections all go through the proxy. */
function behind(proxy: TcpProxy, overrides: JsonObject = {}): DatabaseHarness {
  return startDatabase(database, {
    connection: connection({ port: proxy.port }),
    admin: { connection: { ...database.connection, port: proxy.port } },
    ...overrides,
  });
}

function untilStatus(root: RootDatabaseService, healthy: boolean): Promise<DatabaseStatus> {
  return new Promise((resolve) => {
    const look = (status: DatabaseStatus): void => {
      if (status.healthy === healthy) {
        end();
        resolve(status);
      }
    };
    const end = root.onStatusChange(look);
    look(root.status);
  });
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('at the start', () => {
  it('a server that is not there is waited for, and the log says why', async () => {
    await using proxy = await TcpProxy.start(database.connection);
    await proxy.cut();
    await using host = behind(proxy);
    const client = host.root.getClient('todo');
    await until(() => host.logger.messages('warn').length > 0);
    expect(host.logger.messages('warn')[0]).toMatch(
      `PostgreSQL at 127.0.0.1:${proxy.port} cannot be reached: connect ECONNREFUSED`,
    );
    await proxy.restore();
    expect(await (await client).select(1)).toEqual([{ '?column?': 1 }]);
  });

  it('a server that does not come is given up', async () => {
    await using host = startDatabase(database, {
      connection: connection({ port: await unusedPort() }),
      connectTimeout: 200,
    });
    await expect(host.root.getClient('todo')).rejects.toMatchObject({
      code: 'ERR_DATABASE_UNREACHABLE',
      message: expect.stringContaining('within 0.2 s'),
      hint: expect.stringContaining('backend.database.connection'),
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('an attempt is made again for the next who asks', async () => {
    await using proxy = await TcpProxy.start(database.connection);
    await proxy.cut();
    await using host = behind(proxy, { connectTimeout: 0 });
    await expect(host.root.getClient('todo')).rejects.toMatchObject({ code: 'ERR_DATABASE_UNREACHABLE' });
    await proxy.restore();
    expect(await (await host.root.getClient('todo')).select(1)).toHaveLength(1);
  });

  it('a wrong password fails at once, and is not told', async () => {
    await using host = startDatabase(database, { connection: connection({ password: 'hunter2' }) });
    const failure: unknown = await host.root.getClient('todo').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'ERR_DATABASE_AUTHENTICATION', cause: { code: '28P01' } });
    expect(String((failure as Error).message)).not.toContain('hunter2');
    expect(host.logger.messages('warn')).toEqual([]);
  });

  it('an unknown database fails at once', async () => {
    await using host = startDatabase(database, { connection: connection({ database: 'nowhere' }) });
    await expect(host.root.getClient('todo')).rejects.toMatchObject({
      code: 'ERR_DATABASE_NOT_FOUND',
      message: expect.stringContaining('"nowhere"'),
      hint: expect.stringContaining('createdb nowhere'),
    });
  });

  it('a server without encryption fails at once if encryption is wanted', async () => {
    await using host = startDatabase(database, { connection: connection({ ssl: true }) });
    await expect(host.root.getClient('todo')).rejects.toMatchObject({ code: 'ERR_DATABASE_ENCRYPTION' });
  });

  it('a stop ends the waiting', async () => {
    const host = startDatabase(database, { connection: connection({ port: await unusedPort() }) });
    const client = host.root.getClient('todo');
    const failure = expect(client).rejects.toMatchObject({ code: 'ERR_DATABASE_UNREACHABLE' });
    await host.root.stop();
    await failure;
    await expect(host.root.getClient('todo')).rejects.toMatchObject({ code: 'ERR_DATABASE_CLOSED', statusCode: 503 });
  });
});

describe('while it runs', () => {
  it('queries fail with 503, readiness goes, and both recover by themselves', async () => {
    await using proxy = await TcpProxy.start(database.connection);
    await using host = behind(proxy);
    const client = await host.root.getClient('todo');
    expect(host.root.status).toEqual({ healthy: true });

    const running = client.raw('SELECT pg_sleep(60)');
    const failure = expect(running).rejects.toMatchObject(UNAVAILABLE);
    await client.select(1);
    await proxy.cut();
    await failure;
    expect(await untilStatus(host.root, false)).toMatchObject({ reason: expect.stringContaining('ECONNREFUSED') });
    await expect(client.select(1)).rejects.toMatchObject(UNAVAILABLE);
    await expect(client.transaction((trx) => trx.select(1))).rejects.toMatchObject(UNAVAILABLE);
    expect(host.logger.messages('error')).toHaveLength(1);

    await proxy.restore();
    await untilStatus(host.root, true);
    expect(await client.select(1)).toHaveLength(1);
    expect(host.logger.messages('info')).toContain('The database is available again.');
  });

  it('one broken connection is no broken database', async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('todo');
    const changes: DatabaseStatus[] = [];
    host.root.onStatusChange((status) => changes.push(status));
    const { rows } = await client.raw('SELECT pg_backend_pid() AS pid');
    const admin = await database.client();
    await admin.raw('SELECT pg_terminate_backend(?, 5000)', [rows[0].pid]);
    expect(await client.select(1)).toHaveLength(1);
    expect(changes).toEqual([]);
  });

  it('a query that the server ends says so', async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('sleeper');
    const failure = expect(client.raw('SELECT pg_sleep(60)')).rejects.toMatchObject({
      ...UNAVAILABLE,
      cause: { code: '57P01' },
    });
    const admin = await database.client();
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ? AND wait_event = 'PgSleep'`;
    await until(async () => (await admin.raw(end, ['bulkhead:sleeper'])).rowCount > 0);
    await failure;
    expect(await client.select(1)).toHaveLength(1);
  });

  it('a full disk is told from other faults, and the host goes on', async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('writer');
    const admin = await database.client();
    await admin.raw('GRANT pg_write_server_files TO ??', [`${database.name}_plugin_writer`]);
    // Where every write fails for want of space.
    const write = client.raw(`COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100)) TO '/dev/full'`);
    await expect(write).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      statusCode: 503,
      code: 'ERR_DATABASE_DISK_FULL',
      cause: { code: '53100' },
    });
    expect(await client.select(1)).toHaveLength(1);
    expect(host.root.status).toEqual({ healthy: true });
  });

  it('other errors of a query stay what they are', async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('todo');
    await expect(client('nothing').where({ secret: 'hunter2' })).rejects.toMatchObject({
      code: '42P01',
      message: expect.not.stringContaining('hunter2'),
    });
  });
});
