import { randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerAccount } from './account.ts';
import { identifyProcess, livenessOf, type ProcessIdentity } from './process-identity.ts';

/** How often a user shows that it lives; only users in other containers are judged by it. */
const HEARTBEAT_INTERVAL = 5_000;
const HEARTBEAT_GRACE = 20_000;

/** Those who use a server, as far as they can be seen. */
export interface UserCount {
  /** In this process and others. */
  readonly here: number;
  /** In other containers that share the folder. */
  readonly elsewhere: number;
}

/**
 * A folder with a file for each user of a server. One process may be several users. The file of a process that died
 * without taking its leave is found out and removed.
 *
 * Not safe by itself: read and change it under a lock.
 */
export class UserRegistry {
  readonly #folder: string;
  readonly #own = new Map<string, NodeJS.Timeout>();

  readonly #owner: ServerAccount | undefined;

  /** @param owner - to whom the folder is given when root makes it */
  constructor(folder: string, owner?: ServerAccount) {
    this.#folder = folder;
    this.#owner = owner;
  }

  /** Adds a user of this process; returns its key. */
  async register(): Promise<string> {
    const key = `${process.pid}.${randomUUID()}.json`;
    const path = join(this.#folder, key);
    if ((await mkdir(this.#folder, { recursive: true })) !== undefined && this.#owner) {
      await chown(this.#folder, this.#owner.uid, this.#owner.gid);
    }
    await writeFile(path, JSON.stringify(await identifyProcess()));
    const heartbeat = setInterval(() => {
      const now = new Date();
      void utimes(path, now, now).catch(() => undefined);
    }, HEARTBEAT_INTERVAL);
    heartbeat.unref();
    this.#own.set(key, heartbeat);
    return key;
  }

  /** Removes a user of this process. */
  async unregister(key: string): Promise<void> {
    clearInterval(this.#own.get(key));
    this.#own.delete(key);
    await rm(join(this.#folder, key), { force: true });
  }

  /** Counts the living and removes the dead. */
  async count(): Promise<UserCount> {
    const files = await readdir(this.#folder).catch(() => []);
    let here = 0;
    let elsewhere = 0;
    for (const file of files) {
      const path = join(this.#folder, file);
      const liveness = await judge(path);
      if (liveness === 'alive') {
        here += 1;
      } else if (liveness === 'unknown') {
        elsewhere += 1;
      } else {
        await rm(path, { force: true });
      }
    }
    return { here, elsewhere };
  }
}

async function judge(path: string): Promise<'alive' | 'dead' | 'unknown'> {
  try {
    const liveness = await livenessOf(JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity);
    if (liveness !== 'unknown') {
      return liveness;
    }
    const { mtimeMs } = await stat(path);
    return Date.now() - mtimeMs < HEARTBEAT_GRACE ? 'unknown' : 'dead';
  } catch {
    return 'dead';
  }
}
