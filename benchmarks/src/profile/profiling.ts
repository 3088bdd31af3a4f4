import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { BenchOptions } from '../bench.ts';
import type { HostOptions } from '../host-process.ts';
import { renderFlameGraph } from '../svg/flame-graph.ts';
import { readProfile, type CpuProfile } from './cpu-profile.ts';

const PROFILES = join(import.meta.dirname, '../../profiles');
const PRELOADED = join(import.meta.dirname, 'end-on-sigterm.ts');

/** Microseconds between two looks at the stack. */
const INTERVAL = 250;

/** Profiles of the hosts of a suite. */
export interface Profiling {
  /** Has each host write a profile when it ends. One round is enough. */
  readonly benchOptions: Partial<BenchOptions>;
  /** Writes a flame graph for each host that has ended, and gives their files. */
  writeFlameGraphs(): Promise<readonly string[]>;
}

/** Prepares to profile the hosts of a suite. */
export async function startProfiling(suite: string): Promise<Profiling> {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-profiles-'));
  let hosts = 0;
  const hostOptions = (options: HostOptions): HostOptions => {
    const name = `${suite}-${String(++hosts).padStart(2, '0')}-${nameOf(options)}.cpuprofile`;
    const profile = [`--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}`, `--cpu-prof-interval=${INTERVAL}`];
    const nodeOptions = [...(options.nodeOptions ?? []), '--cpu-prof', ...profile, `--import=${PRELOADED}`];
    return { ...options, nodeOptions, endsOrderly: true };
  };
  return {
    benchOptions: { roundsOf: () => 1, hostOptions },
    async writeFlameGraphs() {
      await mkdir(PROFILES, { recursive: true });
      const files: string[] = [];
      for (const name of (await readdir(folder)).sort()) {
        const title = basename(name, '.cpuprofile');
        const profile = JSON.parse(await readFile(join(folder, name), 'utf8')) as CpuProfile;
        const file = join(PROFILES, `${title}.svg`);
        await writeFile(file, renderFlameGraph(title, readProfile(profile)));
        files.push(file);
      }
      await rm(folder, { recursive: true });
      return files;
    },
  };
}

/** `bulkhead-host` for `hosts/bulkhead/host.js`. */
function nameOf({ file }: HostOptions): string {
  return file
    .replace(/^hosts\//, '')
    .replace(/\.\w+$/, '')
    .replaceAll(/[^\w]+/g, '-');
}
