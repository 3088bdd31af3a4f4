import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import type { HostOptions } from '../host/run-host.ts';
import { sameCommand, startArguments } from '../host/start-arguments.ts';
import { ChangeSignal } from './change-signal.ts';
import { findHostFiles } from './host-files.ts';
import { watchFiles } from './watch-files.ts';

/** Runs the host in a child process, anew after each change, until a signal stops it. */
export async function runWatched(options: HostOptions): Promise<void> {
  const changes = new ChangeSignal();
  const stopped = nextSignal();
  const watch = (): (() => void) => watchFiles(findHostFiles(options), (file) => changes.set(file));
  let stopWatching = watch();
  let child = startChild(options);
  while (await untilChange(child, changes, stopped)) {
    await changes.settle();
    const previous = stopWatching;
    try {
      // There may be packages and folders that were not there before.
      stopWatching = watch();
      previous();
    } catch {
      // A manifest is faulty. The host will say so better; the files are watched as before.
    }
    child = startChild(options);
  }
  stopWatching();
  process.exitCode = child.exitCode ?? 1;
}

/**
 * Waits until the child is to be run anew, and sees to it that it has ended.
 *
 * @returns whether to run it anew; if not, everything is to end
 */
async function untilChange(
  child: ChildProcess,
  changes: ChangeSignal,
  stopped: Promise<NodeJS.Signals>,
): Promise<boolean> {
  const ended = once(child, 'exit');
  const signalled = stopped.then((signal) => ({ signal }));
  const changed = changes.changed.then((file) => ({ file }));
  let event = await Promise.race([changed, signalled, ended.then(() => undefined)]);
  if (!event) {
    tell('the host has ended; waiting for a change');
    event = await Promise.race([changed, signalled]);
  }
  const signal = 'signal' in event ? event.signal : 'SIGTERM';
  if (child.kill(signal)) await ended;
  if ('signal' in event) return false;
  tell(`${relative(process.cwd(), event.file)} has changed; restarting`);
  return true;
}

function startChild(options: HostOptions): ChildProcess {
  const [command, args] = sameCommand(startArguments(options));
  return spawn(command, args, { stdio: 'inherit' });
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
}

function tell(what: string): void {
  process.stderr.write(`bulkhead: ${what}\n`);
}
