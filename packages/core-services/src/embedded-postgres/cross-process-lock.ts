import { randomUUID } from 'node:crypto';
import { open, readFile, stat, unlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { lockTimedOut } from './errors.ts';
import { identifyProcess, livenessOf, type ProcessIdentity } from './process-identity.ts';

/** What a lock file holds. */
interface LockRecord {
  readonly owner: ProcessIdentity;
  /** Tells this acquisition from every other. */
  readonly token: string;
}

/** Options of {@link withCrossProcessLock}. */
export interface CrossProcessLockOptions {
  /** Milliseconds to wait for another process before giving up. */
  readonly timeout: number;
  /** Called once, when another process holds the lock. */
  readonly onWait?: (owner: ProcessIdentity | undefined) => void;
}

const POLL_INTERVAL = 15;
/** A lock whose owner cannot be judged (another container) or cannot be read is given up as stale after this long. */
const UNJUDGED_AGE = 30_000;

/**
 * Runs `fn` while holding the lock file `path`, so that no two processes of this machine run theirs at once.
 *
 * The lock of a process that died is taken over. Node.js has no advisory file locks, so a stale file has to be removed,
 * and a removal must never hit the lock of somebody who took it in between. Only who holds the guard `<path>.<token>`
 * may remove the lock with that token; the guard is itself such a lock, so a remover may die at any point as well.
 *
 * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_LOCKED` when the time is up
 */
export async function withCrossProcessLock<T>(
  path: string,
  options: CrossProcessLockOptions,
  fn: () => Promise<T>,
): Promise<T> {
  const record: LockRecord = { owner: await identifyProcess(), token: randomUUID() };
  await acquire(path, record, options);
  try {
    return await fn();
  } finally {
    await unlink(path).catch(ignoreMissing);
  }
}

async function acquire(path: string, record: LockRecord, options: CrossProcessLockOptions): Promise<void> {
  const deadline = performance.now() + options.timeout;
  let reported = false;
  while (!(await tryCreate(path, record))) {
    const holder = await readHolder(path);
    if (holder === 'gone' || (await removeIfStale(path, holder, record))) {
      continue;
    }
    const owner = holder?.owner;
    if (!reported) {
      reported = true;
      options.onWait?.(owner);
    }
    if (performance.now() > deadline) {
      throw lockTimedOut(path, owner?.pid);
    }
    await delay(POLL_INTERVAL * (1 + Math.random()));
  }
}

async function tryCreate(path: string, record: LockRecord): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify(record));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** `undefined` for a file that is not (or not yet) readable as a record. */
async function readHolder(path: string): Promise<LockRecord | undefined | 'gone'> {
  try {
    const record = JSON.parse(await readFile(path, 'utf8')) as Partial<LockRecord>;
    return record.owner && record.token ? (record as LockRecord) : undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : undefined;
  }
}

/** Whether the caller should try again at once. */
async function removeIfStale(path: string, holder: LockRecord | undefined, record: LockRecord): Promise<boolean> {
  if (!(await isStale(path, holder))) {
    return false;
  }
  const guard = `${path}.${holder?.token ?? 'unreadable'}`;
  if (!(await tryCreate(guard, record))) {
    const rival = await readHolder(guard);
    return rival === 'gone' || removeIfStale(guard, rival, record);
  }
  try {
    const now = await readHolder(path);
    if (now !== 'gone' && now?.token === holder?.token && (await isStale(path, now))) {
      await unlink(path).catch(ignoreMissing);
    }
  } finally {
    await unlink(guard).catch(ignoreMissing);
  }
  return true;
}

async function isStale(path: string, holder: LockRecord | undefined): Promise<boolean> {
  const liveness = holder === undefined ? 'unknown' : await livenessOf(holder.owner);
  if (liveness !== 'unknown') {
    return liveness === 'dead';
  }
  const info = await stat(path).catch(() => undefined);
  return info !== undefined && Date.now() - info.mtimeMs > UNJUDGED_AGE;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') {
    throw error;
  }
}
