/**
 * A process that runs a throw-away PostgreSQL for as long as whoever started it lives.
 *
 * Writes one line of JSON to its output, a {@link SupervisorReport}, then waits until its input ends. That happens at the
 * latest when the other process dies, however it dies, so the server is never left behind.
 */
import { randomBytes } from 'node:crypto';
import { readdir, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '@bulkhead/core-services/embedded-postgres';
import type { SupervisorReport } from './test-server.ts';

const PREFIX = 'bulkhead-test-postgres-';
/** For root, whose own temporary folder may be closed to the account that PostgreSQL runs under. */
const FALLBACK_ROOT = '/tmp';
/** A file system in memory, where the system has one. */
const MEMORY_ROOT = '/dev/shm';
const GIBIBYTE = 2 ** 30;

await supervise();

async function supervise(): Promise<void> {
  await sweep();
  try {
    const server = await EmbeddedPostgres.start({
      dataDir: join(await chooseRoot(), `${PREFIX}${process.pid}-${randomBytes(4).toString('hex')}`),
      fallbackRoot: FALLBACK_ROOT,
      durable: false,
    });
    report({ ok: true, address: server.admin });
    await untilAbandoned();
    await server.stop();
    await EmbeddedPostgres.remove(server.dataDir);
  } catch (error) {
    const { code, message, hint } = error as { code?: string; message: string; hint?: string };
    report({ ok: false, code: code ?? 'ERR_TEST_DATABASE_SERVER', message, hint });
    process.exitCode = 1;
  }
}

/** Memory if there is plenty of it: a database is three hundred files, and some disks take a millisecond for each. */
async function chooseRoot(): Promise<string> {
  const memory = await statfs(MEMORY_ROOT).catch(() => undefined);
  const plenty = memory !== undefined && memory.bavail * memory.bsize > 2 * GIBIBYTE && freemem() > 4 * GIBIBYTE;
  return plenty ? MEMORY_ROOT : tmpdir();
}

/** Removes what supervisors left that were killed themselves. */
async function sweep(): Promise<void> {
  for (const root of new Set([MEMORY_ROOT, tmpdir(), FALLBACK_ROOT])) {
    const entries = await readdir(root).catch(() => []);
    for (const entry of entries.filter((name) => name.includes(PREFIX))) {
      await EmbeddedPostgres.remove(join(root, entry)).catch(() => false);
    }
  }
}

function untilAbandoned(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.resume();
    process.stdin.once('end', resolve);
    process.stdin.once('error', () => resolve());
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}

function report(line: SupervisorReport): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
