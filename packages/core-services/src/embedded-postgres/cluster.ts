import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerAccount } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { diskFull, folderNotAccessible, initialisationFailed, versionMismatch } from './errors.ts';
import { clusterFolder, type Placement } from './placement.ts';

const execFileAsync = promisify(execFile);

/** The superuser of an embedded cluster; plugins never get to be it. */
export const ADMIN_USER = 'bulkhead_admin';

/** Options of {@link createCluster}. */
export interface CreateClusterOptions {
  readonly binaries: PostgresBinaries;
  readonly placement: Placement;
  readonly adminPassword: string;
  /** Whether a power cut right after may not harm it. */
  readonly durable: boolean;
}

/**
 * Whether there is a cluster.
 *
 * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_VERSION` when these binaries cannot read it
 */
export async function clusterExists(home: string, binaries: PostgresBinaries): Promise<boolean> {
  const folder = clusterFolder(home);
  let version: string;
  try {
    version = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw folderNotAccessible(folder, 'current user', error);
  }
  if (version !== binaries.majorVersion) {
    throw versionMismatch(home, version, binaries.majorVersion);
  }
  return true;
}

/**
 * Makes the cluster, complete or not at all.
 *
 * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_DISK_FULL`, `ERR_EMBEDDED_POSTGRES_INIT`
 */
export async function createCluster(options: CreateClusterOptions): Promise<void> {
  const { home, account } = options.placement;
  await removeDrafts(home);
  const draft = join(home, `draft-${randomUUID()}`);
  try {
    await mkdir(draft, { recursive: true });
    await chmod(draft, 0o700);
    await giveTo(account, draft);
    await runInitdb(options, draft);
    await rename(join(draft, 'data'), clusterFolder(home));
  } catch (error) {
    throw toClusterError(error, home);
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function runInitdb(options: CreateClusterOptions, draft: string): Promise<void> {
  const { account } = options.placement;
  const passwordFile = join(draft, 'password');
  await writeFile(passwordFile, `${options.adminPassword}\n`, { mode: 0o600 });
  await giveTo(account, passwordFile);
  const args = [
    `--pgdata=${join(draft, 'data')}`,
    `--username=${ADMIN_USER}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The provider that PostgreSQL brings itself: the same order on each system, and no locale has to be installed.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    // The passwords are random and long, stretching them only makes connecting slow.
    '--set=scram_iterations=1',
    // In the folder, where it goes when an initialisation is killed; /dev/shm is also small in many containers.
    '--set=dynamic_shared_memory_type=mmap',
    ...(options.durable ? [] : ['--no-sync']),
    `--pwfile=${passwordFile}`,
  ];
  await execFileAsync(options.binaries.initdb, args, {
    cwd: draft,
    uid: account?.uid,
    gid: account?.gid,
    env: { PATH: process.env.PATH, TZ: 'UTC' },
  });
}

async function giveTo(account: ServerAccount | undefined, path: string): Promise<void> {
  if (account) {
    await chown(path, account.uid, account.gid);
  }
}

/** What an initialisation left that was killed. */
async function removeDrafts(home: string): Promise<void> {
  for (const entry of await readdir(home)) {
    if (entry.startsWith('draft-')) {
      // An initdb whose host was killed may still be writing; it ends when it finds its files gone.
      await rm(join(home, entry), { recursive: true, force: true, maxRetries: 20 }).catch(() => undefined);
    }
  }
}

function toClusterError(error: unknown, home: string): Error {
  const { code, stderr, message } = error as { code?: string | number; stderr?: string; message: string };
  const output = stderr?.trim() || message;
  if (code === 'ENOSPC' || /No space left on device|Disk quota exceeded/.test(output)) {
    return diskFull(dirname(clusterFolder(home)), error);
  }
  return initialisationFailed(output.split('\n')[0] ?? output, error);
}
