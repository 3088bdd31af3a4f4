import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { LOAD_PROGRAM } from './load.ts';
import { hasNginx } from './nginx.ts';

/** What figures depend on beside the code. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memory: string;
  readonly system: string;
  readonly node: string;
  /** The program that makes load as fast as it is answered. */
  readonly load: string;
}

/** The machine that this process runs on. */
export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.version,
    load: LOAD_PROGRAM,
  };
}

/** Why the figures of a run that starts now would mean little, or not be comparable to others. */
export function findDisturbances(): string[] {
  const [load = 0] = loadavg();
  const pinned = pinnedNode();
  return [
    ...(load > cpus().length / 4
      ? [`The machine is busy: ${load.toFixed(1)} processes on the average of the last minute.`]
      : []),
    ...(process.versions.node === pinned ? [] : [`This is Node.js ${process.version}; the repository pins ${pinned}.`]),
    ...(LOAD_PROGRAM === 'wrk'
      ? []
      : ['wrk is not installed: autocannon makes the load and takes up more of the machine.']),
    ...(hasNginx() ? [] : ['nginx is not installed: nothing is compared with it.']),
  ];
}

function pinnedNode(): string {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly devDependencies: { readonly node: string } }).devDependencies.node;
}
