import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { HostOptions } from './host-process.ts';
import type { Contestants } from './suite.ts';

const run = promisify(execFile);

/** A core that is kept free for the contestants of a suite. */
export interface ReservedCore extends AsyncDisposable {
  /** Its number; `undefined` where there is only one, or no `taskset`. */
  readonly core: number | undefined;
}

/**
 * Moves this process, and with it the load and all else that it will start, to all cores but one. Who shares a core with
 * the load is measured by when the system gives it a turn: every few milliseconds, where an answer takes some hundredths of one.
 */
export async function reserveCore(): Promise<ReservedCore> {
  const cores = hasTaskset() ? await coresOfThisProcess() : [];
  const [core, ...others] = cores;
  if (core === undefined || others.length === 0) {
    console.error('There is no core for the contestants alone: the figures show how the system shares one out.');
    return { core: undefined, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  await moveThisProcess(others);
  return { core, [Symbol.asyncDispose]: () => moveThisProcess(cores) };
}

/** The same hosts, on the core that is kept free for them. */
export function hostsOn({ core }: ReservedCore, hosts: Contestants<HostOptions>): Contestants<HostOptions> {
  return Object.fromEntries(Object.entries(hosts).map(([name, options]) => [name, { ...options, core }]));
}

/** What to run so that a command runs on a core. */
export function onCore(core: number | undefined, command: string, args: readonly string[]): [string, string[]] {
  return core === undefined ? [command, [...args]] : ['taskset', ['--cpu-list', String(core), command, ...args]];
}

/** Reads how Linux lists cores: `0,2-4`. */
export function readCoreList(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

function hasTaskset(): boolean {
  return spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;
}

async function coresOfThisProcess(): Promise<number[]> {
  const { stdout } = await run('taskset', ['--cpu-list', '--pid', String(process.pid)]);
  return readCoreList(stdout.trim().split(' ').at(-1) ?? '');
}

async function moveThisProcess(cores: readonly number[]): Promise<void> {
  await run('taskset', ['--all-tasks', '--cpu-list', '--pid', cores.join(','), String(process.pid)]);
}
