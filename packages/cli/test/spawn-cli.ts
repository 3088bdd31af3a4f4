import { jest } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// Processes are started, and the machine may have other things to do.
jest.setTimeout(60_000);

const BIN = join(import.meta.dirname, '../bin/bulkhead.js');
const NODE_MODULES = join(import.meta.dirname, '../../../node_modules');

/** How a command ended. */
export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The code with which `stderr` begins. */
  readonly errorCode: string | undefined;
}

/** Starts the command from its sources, as a user would: in a folder, with arguments. */
export function spawnCli(dir: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const {
    NODE_OPTIONS: _,
    BULKHEAD_ENV: __,
    BULKHEAD_PROCESS: ___,
    BULKHEAD_REPLICA: ____,
    ...inherited
  } = process.env;
  return spawn(process.execPath, ['--conditions=@bulkhead/source', BIN, ...args], {
    cwd: dir,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the command to its end. */
export async function runCli(dir: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<CliResult> {
  const child = spawnCli(dir, args, env);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout!.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr!.on('data', (chunk: Buffer) => stderr.push(chunk));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  const text = Buffer.concat(stderr).toString();
  const errorCode = /^(ERR_\w+):/.exec(text)?.[1];
  return { exitCode, stdout: Buffer.concat(stdout).toString(), stderr: text, errorCode };
}

/** A command that goes on. */
export interface RunningCli {
  readonly child: ChildProcess;
  /** Settles when it has ended. */
  readonly ended: Promise<unknown>;
  /** What it has written so far. */
  output(): string;
  /** Waits until it has written something that matches. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts a command that goes on. */
export function startCli(dir: string, args: readonly string[], env?: NodeJS.ProcessEnv): RunningCli {
  const child = spawnCli(dir, args, env);
  const listeners = new Set<() => void>();
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      listeners.forEach((listener) => listener());
    });
  }
  const ended = once(child, 'close');
  return {
    child,
    ended,
    output: () => output,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output);
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`It ended without ${pattern.source}:\n${output}`)));
        look();
      }),
  };
}

/** A folder with files, which can import the packages of this repository. Objects are written as JSON. */
export async function createFolder(
  files: Readonly<Record<string, string | object>>,
): Promise<AsyncDisposable & { readonly dir: string }> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'bulkhead-cli-')));
  await symlink(NODE_MODULES, join(dir, 'node_modules'));
  for (const [name, content] of Object.entries(files)) {
    const file = join(dir, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true }) };
}
