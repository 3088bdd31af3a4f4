import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BulkheadError } from '@bulkhead/errors';
import { hostFailed } from '../errors.ts';
import type { ConfigOptions } from './load-host-config.ts';
import { findHost, resolveMain, type HostPackage } from './find-host.ts';

/** With what the host is run. */
export interface HostOptions extends ConfigOptions {
  /** Port to listen on instead of the configured one. */
  readonly port?: number;
  /** The process of the topology to be; `BULKHEAD_PROCESS` by default. */
  readonly process?: string;
  /** Which of several that are alike; `BULKHEAD_REPLICA` by default. */
  readonly replica?: number;
}

/**
 * Finds the host around the working directory and imports its main file, with command line and environment as if it
 * had been run by itself.
 *
 * @throws BulkheadError `ERR_CLI_HOST_FAILED` if the import fails with an error of other origin
 */
export async function importHost({ config, env, port, process: name, replica }: HostOptions): Promise<HostPackage> {
  const host = findHost(process.cwd());
  const main = resolveMain(host);
  process.argv = [process.execPath, main, ...config.flatMap((file) => ['--config', resolve(file)])];
  if (env !== undefined) process.env.BULKHEAD_ENV = env;
  if (port !== undefined) process.env.APP_CONFIG_backend_listen_port = String(port);
  if (name !== undefined) process.env.BULKHEAD_PROCESS = name;
  if (replica !== undefined) process.env.BULKHEAD_REPLICA = String(replica);
  try {
    await import(pathToFileURL(main).href);
  } catch (error) {
    throw error instanceof BulkheadError ? error : hostFailed(host.name, main, error);
  }
  return host;
}
