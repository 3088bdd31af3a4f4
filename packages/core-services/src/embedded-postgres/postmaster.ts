import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chown, open, readFile, realpath, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.ts';
import { dataInUse, diskFull, folderNotAccessible, serverStartFailed } from './errors.ts';
import { clusterFolder, type Placement } from './placement.ts';
import { identifyProcess, isRunning, livenessOf, type ProcessIdentity } from './process-identity.ts';
import { serverSettings } from './server-settings.ts';

const execFileAsync = promisify(execFile);

/** A running server. */
export interface RunningPostmaster {
  readonly identity: ProcessIdentity;
  readonly port: number;
}

/** Options of {@link startPostmaster}. */
export interface StartPostmasterOptions {
  readonly binaries: PostgresBinaries;
  readonly placement: Placement;
  /** The port to take if it is free. */
  readonly preferredPort: number | undefined;
  readonly durable: boolean;
  readonly onProgress: (message: string) => void;
}

const POLL_INTERVAL = 5;
const PORT_ATTEMPTS = 5;
/** Recovery after a crash reads the log of what was written since the last checkpoint. */
const START_TIMEOUT = 60_000;
const RECOVERY_NOTICE_AFTER = 1_000;
/** Then the fast shutdown, which ends transactions and writes what is in memory, becomes an immediate one. */
const FAST_SHUTDOWN_TIMEOUT = 1_500;
const LOG_LIMIT = 5_000_000;

/** The server of this cluster, whoever started it, once it accepts connections; `undefined` if none runs. */
export async function findPostmaster(home: string): Promise<RunningPostmaster | undefined> {
  const cluster = clusterFolder(home);
  const deadline = performance.now() + START_TIMEOUT;
  for (let file = await readPidFile(home); file; file = await readPidFile(home)) {
    if (!(await isServerOf(file.pid, cluster)) || performance.now() > deadline) {
      return undefined;
    }
    const identity = await identifyProcess(file.pid);
    if (file.status === 'ready') {
      return { identity, port: file.port };
    }
    if (file.status === 'stopping') {
      await waitForExit(identity, FAST_SHUTDOWN_TIMEOUT);
    }
    await delay(POLL_INTERVAL);
  }
  return undefined;
}

/**
 * Starts the server in a session of its own: Ctrl-C at the terminal reaches the host, which needs the database while it
 * finishes its work, and not the server. It does not end with the host, but by {@link stopPostmaster}.
 *
 * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_START`, `ERR_EMBEDDED_POSTGRES_DISK_FULL`,
 * `ERR_EMBEDDED_POSTGRES_PERMISSION`, `ERR_EMBEDDED_POSTGRES_IN_USE`
 */
export async function startPostmaster(options: StartPostmasterOptions): Promise<RunningPostmaster> {
  const { home } = options.placement;
  const logFile = join(home, 'server.log');
  await disownStalePidFile(home);
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(attempt === 1 ? options.preferredPort : undefined);
    const failure = await launch(options, port, logFile);
    if (typeof failure !== 'string') {
      return failure;
    }
    // A host that was killed right after it had started the server.
    const other = /lock file ".*" already exists/.test(failure) ? await findPostmaster(home) : undefined;
    if (other) {
      return other;
    }
    // Somebody else took the port between our look and the server's.
    if (attempt === PORT_ATTEMPTS || !/Address already in use/.test(failure)) {
      throw toStartError(failure, home, logFile);
    }
  }
}

/** Stops the server; writes what is in memory, so the next start needs no recovery. */
export async function stopPostmaster(server: RunningPostmaster): Promise<void> {
  const { pid } = server.identity;
  if ((await livenessOf(server.identity)) !== 'alive') {
    return;
  }
  signal(pid, 'SIGINT');
  if (!(await waitForExit(server.identity, FAST_SHUTDOWN_TIMEOUT))) {
    signal(pid, 'SIGQUIT');
    await waitForExit(server.identity, FAST_SHUTDOWN_TIMEOUT);
  }
}

/** The running server, or the text of its log. */
async function launch(
  options: StartPostmasterOptions,
  port: number,
  logFile: string,
): Promise<RunningPostmaster | string> {
  const { placement, binaries } = options;
  const log = await openLog(logFile, placement);
  try {
    const args = ['-D', clusterFolder(placement.home), '-p', String(port), ...serverSettings(options.durable)];
    const child = spawn(binaries.postgres, args, {
      cwd: clusterFolder(placement.home),
      uid: placement.account?.uid,
      gid: placement.account?.gid,
      detached: true,
      stdio: ['ignore', log.handle.fd, log.handle.fd],
      env: { PATH: process.env.PATH, TZ: 'UTC' },
    });
    child.unref();
    const exited = new Promise<true>((resolve) => {
      child.once('exit', () => resolve(true));
      child.once('error', () => resolve(true));
    });
    const ready = await untilReady(child, exited, options);
    return ready ? { identity: ready, port } : (await readFile(logFile, 'utf8')).slice(log.start);
  } finally {
    await log.handle.close();
  }
}

async function untilReady(
  child: ChildProcess,
  exited: Promise<true>,
  options: StartPostmasterOptions,
): Promise<ProcessIdentity | undefined> {
  const started = performance.now();
  let noticed = false;
  for (;;) {
    const file = await readPidFile(options.placement.home);
    if (child.pid !== undefined && file?.pid === child.pid && file.status === 'ready') {
      return identifyProcess(child.pid);
    }
    if (await Promise.race([exited, delay(POLL_INTERVAL, false)])) {
      return undefined;
    }
    const elapsed = performance.now() - started;
    if (elapsed > RECOVERY_NOTICE_AFTER && !noticed) {
      noticed = true;
      options.onProgress('recovering the database after an unclean end');
    }
    if (elapsed > START_TIMEOUT) {
      child.kill('SIGQUIT');
      return undefined;
    }
  }
}

interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

/** Its lines are documented in PostgreSQL's pidfile.h: pid, folder, start, port, socket folder, address, shmem, status. */
async function readPidFile(home: string): Promise<PidFile | undefined> {
  const text = await readFile(join(clusterFolder(home), 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid ? { pid, port, status: lines[7]?.trim() ?? '' } : undefined;
}

/**
 * PostgreSQL refuses to start while the process named in its pid file lives, even if that is somebody else's that got the
 * pid of a server which crashed: after a restart of a container that is the rule. It never takes its own parent for a
 * server, so the file is made to name us. The line about shared memory stays, and with it the check that no backend of
 * the old server is still there.
 */
async function disownStalePidFile(home: string): Promise<void> {
  const file = join(clusterFolder(home), 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const pid = Number(text?.split('\n')[0]);
  if (text === undefined || !pid || !isRunning(pid)) {
    return;
  }
  await writeFile(file, [String(process.pid), ...text.split('\n').slice(1)].join('\n'));
}

/** Whether a process is the server of a cluster, as its command line tells. */
async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  const args = await commandLine(pid);
  const folder = args[args.indexOf('-D') + 1];
  if (!/postgres/.test(args[0] ?? '') || folder === undefined) {
    return false;
  }
  const [theirs, ours] = await Promise.all([folder, cluster].map((path) => realpath(path).catch(() => path)));
  return theirs === ours;
}

async function commandLine(pid: number): Promise<string[]> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  }
  const answer = await execFileAsync('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).catch(() => undefined);
  // Where the arguments are not told apart, a folder with a blank in its name is found by what follows it.
  const match = /^(.*?postgres) -D (.*) -p \d/.exec(answer?.stdout ?? '');
  return match ? [match[1] ?? '', '-D', match[2] ?? ''] : [];
}

async function openLog(
  logFile: string,
  placement: Placement,
): Promise<{ handle: Awaited<ReturnType<typeof open>>; start: number }> {
  try {
    const handle = await open(logFile, 'a', 0o600);
    if (placement.fileOwner) {
      await chown(logFile, placement.fileOwner.uid, placement.fileOwner.gid);
    }
    const { size } = await stat(logFile);
    if (size > LOG_LIMIT) {
      await truncate(logFile);
      return { handle, start: 0 };
    }
    return { handle, start: size };
  } catch (error) {
    throw toStartError((error as Error).message, placement.home, logFile);
  }
}

async function choosePort(preferred: number | undefined): Promise<number> {
  return (preferred !== undefined && (await tryListen(preferred))) || (await tryListen(0)) || 0;
}

/** The port that could be listened on, if any. */
async function tryListen(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}

function toStartError(output: string, home: string, logFile: string): Error {
  if (/No space left on device|Disk quota exceeded|ENOSPC/.test(output)) {
    return diskFull(home);
  }
  if (/Permission denied|EACCES|has wrong ownership|invalid permissions/.test(output)) {
    return folderNotAccessible(home, 'of the server');
  }
  if (/is another postmaster|shared memory block .* is still in use/i.test(output)) {
    return dataInUse(home);
  }
  const fatal = /(?:FATAL|PANIC):\s*(.+)/.exec(output)?.[1];
  return serverStartFailed(fatal ?? output.trim().split('\n').at(-1) ?? '', logFile);
}

async function waitForExit(identity: ProcessIdentity, timeout: number): Promise<boolean> {
  const deadline = performance.now() + timeout;
  while ((await livenessOf(identity)) === 'alive') {
    if (performance.now() > deadline) {
      return false;
    }
    await delay(POLL_INTERVAL);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between.
  }
}
