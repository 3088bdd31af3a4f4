import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, chown, mkdir, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { findAccount, findOrCreateAccount, isRoot, type ServerAccount } from './account.ts';
import { diskFull, folderNotAccessible } from './errors.ts';

const execFileAsync = promisify(execFile);

/** Others may pass through, whatever the umask: the account of the server is one of them. */
const FOLDER_MODE = 0o711;

/** Where the server's files lie, and whose they are. */
export interface Placement {
  /** The folder that holds the cluster, the state file and the log. */
  readonly home: string;
  /** Under which account to run PostgreSQL; `undefined`: our own. */
  readonly account: ServerAccount | undefined;
  /** Whose the files beside the cluster are; `undefined`: our own. */
  readonly fileOwner: ServerAccount | undefined;
  /** Whether `home` is not the folder that was asked for, because the account cannot reach that one. */
  readonly relocated: boolean;
}

/** Options of {@link placeServer}. */
export interface PlacementOptions {
  /** The folder that was asked for. */
  readonly folder: string;
  /** Where to go if the folder lies below one that the account may not enter; without it that is an error. */
  readonly fallbackRoot: string | undefined;
}

/**
 * Chooses the folder and the account, and makes the folder.
 *
 * An ordinary user is simple. Root has to run PostgreSQL under another account: that of an existing cluster, else that
 * of whom the surrounding folder belongs to, else one for databases. That account may well be kept out of the folder
 * by one above it (`/root`, a `mktemp -d`); nobody's folders are opened up for it, the server moves instead.
 *
 * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_PERMISSION`, `ERR_EMBEDDED_POSTGRES_ACCOUNT`,
 * `ERR_EMBEDDED_POSTGRES_DISK_FULL`
 */
export async function placeServer(options: PlacementOptions): Promise<Placement> {
  const folder = resolve(options.folder);
  if (!isRoot()) {
    await makeFolder(folder, undefined);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).catch((cause: unknown) => {
      throw folderNotAccessible(folder, ownName(), cause);
    });
    return { home: folder, account: undefined, fileOwner: undefined, relocated: false };
  }
  const fallback = options.fallbackRoot && join(options.fallbackRoot, nameFor(folder));
  const { account, fileOwner } = await chooseAccount(folder, fallback);
  if (await canEnter(account, await nearestExisting(folder))) {
    await makeFolder(folder, fileOwner);
    return { home: folder, account, fileOwner, relocated: false };
  }
  if (fallback === undefined || !(await canEnter(account, await nearestExisting(fallback)))) {
    throw folderNotAccessible(folder, account.name);
  }
  await makeFolder(fallback, undefined);
  return { home: fallback, account, fileOwner: undefined, relocated: true };
}

/** The folder of the cluster proper (PGDATA) in `home`. */
export function clusterFolder(home: string): string {
  return join(home, 'cluster');
}

async function chooseAccount(
  folder: string,
  fallback: string | undefined,
): Promise<{ account: ServerAccount; fileOwner: ServerAccount | undefined }> {
  const owner = await ownerOf(await nearestExisting(folder));
  if (owner) {
    return { account: owner, fileOwner: owner };
  }
  const clusters = [folder, fallback].filter((home) => home !== undefined).map(clusterFolder);
  for (const cluster of clusters) {
    const account = await ownerOf(cluster);
    if (account) {
      return { account, fileOwner: undefined };
    }
  }
  return { account: await findOrCreateAccount(), fileOwner: undefined };
}

/** The owner of an existing folder, unless that is root or has no name on this system. */
async function ownerOf(folder: string): Promise<ServerAccount | undefined> {
  const info = await stat(folder).catch(() => undefined);
  return info === undefined || info.uid === 0 ? undefined : findAccount(info.uid);
}

async function nearestExisting(folder: string): Promise<string> {
  const info = await stat(folder).catch(() => undefined);
  return info?.isDirectory() || folder === dirname(folder) ? folder : nearestExisting(dirname(folder));
}

/** Asks the system, not the mode bits: there are ACLs, and mounts that know nothing of either. */
async function canEnter(account: ServerAccount, folder: string): Promise<boolean> {
  const options = { uid: account.uid, gid: account.gid, cwd: '/' };
  return execFileAsync('/bin/sh', ['-c', 'cd -- "$0"', folder], options).then(
    () => true,
    () => false,
  );
}

async function makeFolder(folder: string, owner: ServerAccount | undefined): Promise<void> {
  try {
    const firstMade = await mkdir(folder, { recursive: true });
    for (let path = folder; firstMade !== undefined && path.startsWith(firstMade); path = dirname(path)) {
      await (owner ? chown(path, owner.uid, owner.gid) : chmod(path, FOLDER_MODE));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw diskFull(folder, error);
    }
    throw folderNotAccessible(folder, owner?.name ?? ownName(), error);
  }
}

/** Readable, and different for each folder: after the project for the usual `<project>/.bulkhead/postgres`. */
function nameFor(folder: string): string {
  const named = basename(dirname(folder)) === '.bulkhead' ? dirname(dirname(folder)) : folder;
  const name = basename(named).replace(/[^\w.-]/g, '') || 'project';
  return `${name}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
}

function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'current user');
  }
}
