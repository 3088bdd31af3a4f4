import { isErrorLike } from '@bulkhead/errors';
import { followSupervisor, isSupervised } from '../supervise/follow-supervisor.ts';
import { importHost, type HostOptions } from '../host/run-host.ts';

/** Options of `bulkhead start`. */
export interface StartOptions extends HostOptions {
  /** Run the host in a child process, and restart it when a file changes. */
  readonly watch?: boolean;
  /** Run every process of the topology, each in a child process. */
  readonly all?: boolean;
}

/** Runs the host in this process. Resolves once it is up; the host keeps the process alive from there on. */
export async function start({ watch = false, all = false, ...options }: StartOptions): Promise<void> {
  if (all) return (await import('../supervise/run-all.ts')).runAll(options);
  if (watch) return (await import('../watch/run-watched.ts')).runWatched(options);
  if (isSupervised()) followSupervisor();
  try {
    await importHost(options);
  } catch (error) {
    // Somebody stopped the host before it was up. It ends the process itself.
    if (isErrorLike(error) && error.code === 'ERR_RUNTIME_START_INTERRUPTED') return;
    throw error;
  }
}
