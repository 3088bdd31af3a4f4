import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCrossProcessLock } from './cross-process-lock.ts';
import { identifyProcess, type ProcessIdentity } from './process-identity.ts';

jest.setTimeout(60_000);

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

/** A process that has been and is no more. */
async function deadProcess(): Promise<ProcessIdentity> {
  // Reads its input, which does not end before it is known.
  const child = spawn(process.execPath, ['-']);
  const identity = await identifyProcess(child.pid);
  child.stdin.end();
  await once(child, 'exit');
  return identity;
}

function record(owner: ProcessIdentity, token: string): string {
  return JSON.stringify({ owner, token });
}

describe('withCrossProcessLock', () => {
  it('lets one in at a time', async () => {
    let inside = 0;
    let order = 0;
    const results = await Promise.all(
      Array.from({ length: 10 }, () =>
        withCrossProcessLock(path, { timeout: 30_000 }, async () => {
          expect((inside += 1)).toBe(1);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
          return (order += 1);
        }),
      ),
    );
    expect(results.sort((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is free again after a failure', async () => {
    const failing = withCrossProcessLock(path, { timeout: 1_000 }, () => Promise.reject(new TypeError('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await withCrossProcessLock(path, { timeout: 0 }, () => Promise.resolve('yes'))).toBe('yes');
  });

  it('takes the lock of a process that died, and only one does', async () => {
    const dead = await deadProcess();
    await writeFile(path, record(dead, 'old'));
    // One died while it removed the lock of another, and one while it removed the guard of that.
    await writeFile(`${path}.old`, record(dead, 'older'));
    await writeFile(`${path}.old.older`, record(dead, 'oldest'));
    let inside = 0;
    await Promise.all(
      Array.from({ length: 8 }, () =>
        withCrossProcessLock(path, { timeout: 30_000 }, async () => {
          expect((inside += 1)).toBe(1);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }),
      ),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not take the pid of a process for the process', async () => {
    const reused = { ...(await identifyProcess()), startedAt: 'long ago' };
    await writeFile(path, record(reused, 'old'));
    expect(await withCrossProcessLock(path, { timeout: 1_000 }, () => Promise.resolve('yes'))).toBe('yes');
  });

  it('takes a lock from before the last start of the machine', async () => {
    const self = await identifyProcess();
    await writeFile(path, record({ ...self, space: { ...self.space, boot: 'before' } }, 'old'));
    expect(await withCrossProcessLock(path, { timeout: 1_000 }, () => Promise.resolve('yes'))).toBe('yes');
  });

  it('gives up after a while, and tells who has the lock', async () => {
    await writeFile(path, record(await identifyProcess(), 'held'));
    const waiting: (ProcessIdentity | undefined)[] = [];
    const options = { timeout: 50, onWait: (owner: ProcessIdentity | undefined) => void waiting.push(owner) };
    await expect(withCrossProcessLock(path, options, () => Promise.resolve())).rejects.toMatchObject({
      code: 'ERR_EMBEDDED_POSTGRES_LOCKED',
      message: expect.stringContaining(`the process ${process.pid}`),
    });
    expect(waiting).toEqual([await identifyProcess()]);
    expect(await readFile(path, 'utf8')).toContain('held');
  });

  it.each(['', '{"owner":'])(
    'waits for a file that is being written, not for one that never was finished (%j)',
    async (text) => {
      await writeFile(path, text);
      await expect(withCrossProcessLock(path, { timeout: 50 }, () => Promise.resolve())).rejects.toMatchObject({
        code: 'ERR_EMBEDDED_POSTGRES_LOCKED',
      });
      const old = new Date(Date.now() - 60_000);
      await utimes(path, old, old);
      expect(await withCrossProcessLock(path, { timeout: 1_000 }, () => Promise.resolve('yes'))).toBe('yes');
    },
  );
});
