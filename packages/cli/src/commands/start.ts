import { isErrorLike } from '@bulkhead/errors';
import { importHost, type HostOptions } from '../host/run-host.ts';

/** Runs the host in this process. Resolves once it is up; the host keeps the process alive from there on. */
export async function start(options: HostOptions): Promise<void> {
  try {
    await importHost(options);
  } catch (error) {
    // Somebody stopped the host before it was up. It ends the process itself.
    if (isErrorLike(error) && error.code === 'ERR_RUNTIME_START_INTERRUPTED') return;
    throw error;
  }
}
