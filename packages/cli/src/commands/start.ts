import { importHost, type HostOptions } from '../host/run-host.ts';

/** Runs the host in this process. Resolves once it is up; the host keeps the process alive from there on. */
export async function start(options: HostOptions): Promise<void> {
  await importHost(options);
}
