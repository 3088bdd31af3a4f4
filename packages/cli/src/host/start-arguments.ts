import { resolve } from 'node:path';
import type { HostOptions } from './run-host.ts';

/** The command line of `bulkhead start` for options, to be run in another process. */
export function startArguments({ config, env, port, process: name, replica }: HostOptions): string[] {
  return [
    'start',
    ...configArguments({ config, env }),
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(name === undefined ? [] : ['--process', name]),
    ...(replica === undefined ? [] : ['--replica', String(replica)]),
  ];
}

/** The part of a command line that says which configuration is meant. */
export function configArguments({ config, env }: Pick<HostOptions, 'config' | 'env'>): string[] {
  return [...config.flatMap((file) => ['--config', resolve(file)]), ...(env === undefined ? [] : ['--env', env])];
}

/** Command and arguments with which this very command is run once more. */
export function sameCommand(args: readonly string[]): readonly [string, readonly string[]] {
  return [process.execPath, [...process.execArgv, process.argv[1]!, ...args]];
}
