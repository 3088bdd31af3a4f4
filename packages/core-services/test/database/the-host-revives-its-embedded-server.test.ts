import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../src/embedded-postgres/index.ts';
import { identifyProcess, livenessOf } from '../../src/embedded-postgres/process-identity.ts';
import { startDatabase, until } from './database-harness.ts';

// Real servers, on machines that are busy with other tests.
jest.setTimeout(120_000);

let root: string;
let dataDir: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'revived-'));
  await chmod(root, 0o755);
  dataDir = join(root, 'postgres');
});
afterEach(async () => {
  expect(await EmbeddedPostgres.remove(dataDir)).toBe(true);
  await rm(root, { recursive: true, force: true });
});

async function kill(pid: number): Promise<void> {
  const identity = await identifyProcess(pid);
  process.kill(pid, 'SIGKILL');
  await until(async () => (await livenessOf(identity)) === 'dead');
}

it('a host goes on with its data after its server was killed, and stops the new one in the end', async () => {
  const observer = await EmbeddedPostgres.start({ dataDir });
  const first = observer.pid;
  const host = startDatabase(undefined, { embedded: { dataDir } });
  try {
    const client = await host.root.getClient('todo');
    await client.schema.createTable('kept', (table) => table.integer('id'));
    await client('kept').insert({ id: 1 });
    const lost = new Promise((resolve) => host.root.onStatusChange(({ healthy }) => healthy || resolve(undefined)));
    const back = new Promise((resolve) => host.root.onStatusChange(({ healthy }) => healthy && resolve(undefined)));
    await kill(first);
    await lost;
    await back;
    expect(await client('kept').select()).toEqual([{ id: 1 }]);
    expect(host.logger.messages('info')).toContain('Embedded PostgreSQL: the server has ended; starting it again …');
    await observer.revive();
    expect(observer.pid).not.toBe(first);
    // The observer was not the one who started it.
    const second = await identifyProcess(observer.pid);
    await observer.stop();
    expect(await livenessOf(second)).toBe('alive');
    await host.root.stop();
    expect(await livenessOf(second)).toBe('dead');
  } finally {
    await host.root.stop();
    await observer.stop();
  }
});

it('a server that lost its port meanwhile is told from one that is back', async () => {
  const server = await EmbeddedPostgres.start({ dataDir });
  const stranger = createServer();
  try {
    await kill(server.pid);
    await new Promise<void>((resolve) => stranger.listen(server.connection.port, '127.0.0.1', resolve));
    await expect(server.revive()).rejects.toMatchObject({ code: 'ERR_EMBEDDED_POSTGRES_MOVED' });
  } finally {
    await new Promise((resolve) => stranger.close(resolve));
    await server.stop();
  }
  await server.revive();
  const again = await EmbeddedPostgres.start({ dataDir });
  await again.stop();
});
