import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../../src/embedded-postgres/index.ts';
import { identifyProcess, livenessOf } from '../../src/embedded-postgres/process-identity.ts';
import { ServerUser } from './server-user.ts';

jest.setTimeout(120_000);

/** A folder as one makes it oneself; mkdtemp keeps others out, and root runs the server as another account. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-'));
  await chmod(folder, 0o755);
  return folder;
}

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ ...server.admin });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('an embedded server', () => {
  let root: string;
  let dataDir: string;
  beforeEach(async () => {
    root = await makeFolder();
    dataDir = join(root, '.bulkhead', 'postgres');
  });
  afterEach(async () => {
    expect(await EmbeddedPostgres.remove(dataDir)).toBe(true);
    await rm(root, { recursive: true, force: true });
  });

  it('is made once, keeps its data and its port, and stops with the last who leaves', async () => {
    const progress: string[] = [];
    const options = { dataDir, onProgress: (message: string) => void progress.push(message) };
    const first = await EmbeddedPostgres.start(options);
    await query(first, 'CREATE TABLE kept AS SELECT 1 AS id');
    const identity = await identifyProcess(first.pid);
    const second = await EmbeddedPostgres.start(options);
    expect([second.pid, second.admin]).toEqual([first.pid, first.admin]);
    await first.stop();
    await first.stop();
    expect(await query(second, 'SELECT * FROM kept')).toEqual([{ id: 1 }]);
    await second.stop();
    expect(await livenessOf(identity)).toBe('dead');
    const third = await EmbeddedPostgres.start(options);
    expect(await query(third, 'SELECT * FROM kept')).toEqual([{ id: 1 }]);
    expect(third.admin).toEqual(first.admin);
    await third.stop();
    expect(progress).toEqual(['initialising the database']);
  });

  it('continues where a start was killed', async () => {
    for (const milliseconds of [30, 150, 400]) {
      const victim = new ServerUser({ dataDir });
      setTimeout(() => victim.process.kill('SIGKILL'), milliseconds);
      await victim.exited;
    }
    const server = await EmbeddedPostgres.start({ dataDir });
    expect(await query(server, 'SELECT 1 AS id')).toEqual([{ id: 1 }]);
    await server.stop();
    expect((await readdir(dataDir)).filter((name) => name.startsWith('draft'))).toEqual([]);
  });
});

describe('an embedded server that is there', () => {
  let root: string;
  let dataDir: string;
  beforeAll(async () => {
    root = await makeFolder();
    dataDir = join(root, '.bulkhead', 'postgres');
    await (await EmbeddedPostgres.start({ dataDir })).stop();
  });
  afterAll(async () => {
    expect(await EmbeddedPostgres.remove(dataDir)).toBe(true);
    await rm(root, { recursive: true, force: true });
  });

  it('lets in nobody without the password, which nobody else can read', async () => {
    const server = await EmbeddedPostgres.start({ dataDir });
    try {
      const intruder = new pg.Client({ ...server.admin, password: 'guessed' });
      await expect(intruder.connect()).rejects.toMatchObject({ code: '28P01' });
      expect((await stat(join(server.dataDir, 'state.json'))).mode & 0o777).toBe(0o600);
      expect((await stat(join(server.dataDir, 'cluster'))).mode & 0o777).toBe(0o700);
      expect(await query(server, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
      expect(await query(server, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
      const rights = 'SELECT rolsuper, rolcreaterole, rolcreatedb, rolinherit FROM pg_roles WHERE rolname = ';
      expect(await query(server, `${rights} '${server.connection.user}'`)).toEqual([
        { rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolinherit: false },
      ]);
    } finally {
      await server.stop();
    }
  });

  it('is shared by processes that start at once', async () => {
    const users = Array.from({ length: 4 }, () => new ServerUser({ dataDir }));
    const reports = await Promise.all(users.map((user) => user.next()));
    expect(new Set(reports.map(({ pid }) => pid)).size).toBe(1);
    expect(reports[0]!.pid).toEqual(expect.any(Number));
    const server = await identifyProcess(reports[0]!.pid);
    for (const user of users) {
      expect(await livenessOf(server)).toBe('alive');
      // Ctrl-C reaches the process, and the server only through it: the last query still succeeds.
      expect(await user.interrupt()).toEqual({ answer: 1 });
    }
    expect(await livenessOf(server)).toBe('dead');
    expect(await readdir(join(dataDir, 'users'))).toEqual([]);
  });

  it('outlives a user that crashes, and serves the next', async () => {
    const user = new ServerUser({ dataDir });
    const { pid } = await user.next();
    const server = await identifyProcess(pid);
    await user.kill();
    expect(await livenessOf(server)).toBe('alive');
    const next = await EmbeddedPostgres.start({ dataDir });
    expect(next.pid).toBe(pid);
    await next.stop();
    expect(await livenessOf(server)).toBe('dead');
  });

  it('recovers after a crash of its own', async () => {
    const first = await EmbeddedPostgres.start({ dataDir });
    await query(first, 'CREATE TABLE kept AS SELECT 1 AS id');
    process.kill(first.pid, 'SIGKILL');
    const second = await EmbeddedPostgres.start({ dataDir });
    expect(second.pid).not.toBe(first.pid);
    expect(await query(second, 'SELECT * FROM kept')).toEqual([{ id: 1 }]);
    await first.stop();
    await second.stop();
  });

  it('starts although its pid file names a process that is somebody else', async () => {
    const first = await EmbeddedPostgres.start({ dataDir });
    const pidFile = join(dataDir, 'cluster', 'postmaster.pid');
    const text = await readFile(pidFile, 'utf8');
    await first.stop();
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await writeFile(pidFile, text.replace(/^\d+/, String(bystander.pid)));
    const second = await EmbeddedPostgres.start({ dataDir });
    expect(await query(second, 'SELECT 1 AS id')).toEqual([{ id: 1 }]);
    await second.stop();
    bystander.kill();
  });

  it('takes another port if its last one is taken', async () => {
    const first = await EmbeddedPostgres.start({ dataDir });
    await first.stop();
    const { createServer } = await import('node:net');
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(first.admin.port, '127.0.0.1', resolve));
    const second = await EmbeddedPostgres.start({ dataDir });
    expect(second.admin.port).not.toBe(first.admin.port);
    await second.stop();
    await new Promise((resolve) => squatter.close(resolve));
  });
});

describe('a data folder', () => {
  let root: string;
  let dataDir: string;
  beforeEach(async () => {
    root = await makeFolder();
    dataDir = join(root, 'postgres');
    await mkdir(join(dataDir, 'cluster'), { recursive: true });
    await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '18\n');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('of another version is left alone', async () => {
    await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '12\n');
    await expect(EmbeddedPostgres.start({ dataDir })).rejects.toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_VERSION',
      message: `The data in "${dataDir}" are of PostgreSQL 12; the installed one is 18.`,
      hint: expect.stringContaining('pg_dump'),
    });
  });

  it('whose passwords are lost is left alone', async () => {
    const stateFile = join(dataDir, 'state.json');
    for (const damage of [() => writeFile(stateFile, '{'), () => writeFile(stateFile, '{}'), () => rm(stateFile)]) {
      await damage();
      await expect(EmbeddedPostgres.start({ dataDir })).rejects.toMatchObject({ code: 'ERR_EMBEDDED_POSTGRES_STATE' });
    }
    expect(await readdir(join(dataDir, 'cluster'))).toEqual(['PG_VERSION']);
    expect(await readdir(join(dataDir, 'users'))).toEqual([]);
  });

  it('that cannot be made is an error that says what to do', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(EmbeddedPostgres.start({ dataDir: join(root, 'file', 'postgres') })).rejects.toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_PERMISSION',
      hint: expect.stringContaining('backend.database.embedded.dataDir'),
    });
  });

  it('whose server cannot start gives its last words', async () => {
    await writeFile(join(dataDir, 'state.json'), JSON.stringify({ adminPassword: 'a', loginPassword: 'b' }));
    await expect(EmbeddedPostgres.start({ dataDir })).rejects.toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_START',
      message: expect.stringMatching(/did not start: .*"postgresql.conf"|configuration file/),
      hint: expect.stringContaining(join(dataDir, 'server.log')),
    });
  });
});
