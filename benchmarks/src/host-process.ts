import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { onCore } from './reserved-core.ts';

/** Milliseconds for an orderly end. */
const PATIENCE_MS = 5_000;

/** A host under measurement, in a process of its own. */
export interface HostProcess extends AsyncDisposable {
  /** Milliseconds from the spawn of the process until it said that it was ready. */
  readonly readyAfter: number;
  readonly port: number;
  readonly pid: number;
  /** What the host prints from now on. It is read in any case, so that the host never waits for it. */
  readonly output: Readable;
  /**
   * Has a program of its own read and drop the output from now on. Read here, a log of megabytes a second has this process
   * collect garbage, up to tens of milliseconds at a time, on the cores that it shares with the load.
   */
  dropOutput(): void;
  /** Resident memory in MiB. */
  memory(): Promise<number>;
  /** Has it end as it does when it is stopped; kills it when that takes longer than five seconds. */
  end(): Promise<void>;
}

/** What to start. */
export interface HostOptions {
  /** A file below `benchmarks/`. */
  readonly file: string;
  /** The root of the repository that the file is of. Default: this one. */
  readonly tree?: string;
  /** What Node.js is started with. */
  readonly nodeOptions?: readonly string[];
  /** Whether the process ends by itself when the measurement is over, instead of being killed. Default: false. */
  readonly endsOrderly?: boolean;
  /** How many plugins the host has, where the file makes any number of them. */
  readonly plugins?: number;
  /** Where to listen. Default: a free port. */
  readonly port?: number;
  /** The core to run on. Default: all that there are. */
  readonly core?: number;
  /** What else the file reads from its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** A PostgreSQL that the plugins use; without one they ask for no database. */
  readonly databaseUrl?: string;
}

/**
 * Starts a host on a free port and waits until it prints `ready`. What it prints before is shown only when it ends too
 * soon; what it prints later, its log, is read and dropped.
 */
export async function startHost(options: HostOptions): Promise<HostProcess> {
  const port = options.port ?? (await freePort());
  const tree = options.tree ?? join(import.meta.dirname, '../..');
  const file = join(tree, 'benchmarks', options.file);
  const startedAt = performance.now();
  const [command, args] = onCore(options.core, process.execPath, [...(options.nodeOptions ?? []), file]);
  const child = spawn(command, args, {
    cwd: dirname(file),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      PORT: String(port),
      PLUGINS: String(options.plugins ?? 0),
      DATABASE_URL: options.databaseUrl ?? '',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilReady(child);
  const endBy = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await exit;
    clearTimeout(timer);
  };
  return {
    readyAfter: performance.now() - startedAt,
    port,
    pid: child.pid ?? 0,
    output: child.stdout,
    dropOutput: () => {
      spawn('cat', { stdio: [child.stdout.pause(), 'ignore', 'ignore'] }).unref();
      child.stdout.destroy();
    },
    memory: () => residentMemory(child),
    end: () => endBy('SIGTERM'),
    [Symbol.asyncDispose]: () => endBy(options.endsOrderly ? 'SIGTERM' : 'SIGKILL'),
  };
}

async function untilReady(child: ChildProcess): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (/^ready$/m.test(output)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`The host ended with ${code} before it was ready:\n${output}`)));
  });
  for (const stream of [child.stdout, child.stderr]) stream?.removeAllListeners('data').resume();
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function residentMemory(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
