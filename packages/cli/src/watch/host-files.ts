import { discoverPackages, findConfigDir } from '@bulkhead/config-loader';
import { join, resolve, sep } from 'node:path';
import { findHost } from '../host/find-host.ts';
import type { ConfigOptions } from '../host/load-host-config.ts';
import type { WatchedFiles } from './watch-files.ts';

/** Whether this process prefers the sources of packages to their build; the host's process will, too. */
const fromSources = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ').includes('@bulkhead/source');

/** What the host around the working directory is made of: the code of its packages, their manifests, its configuration. */
export function findHostFiles(options: ConfigOptions): WatchedFiles {
  // What is installed does not change by itself.
  const dirs = discoverPackages(findHost(process.cwd()).dir)
    .map(({ dir }) => dir)
    .filter((dir) => !dir.includes(`${sep}node_modules${sep}`));
  return {
    folders: dirs.flatMap((dir) => [join(dir, fromSources ? 'src' : 'dist'), join(dir, 'migrations')]),
    files: [
      ...dirs.flatMap((dir) => [join(dir, 'package.json'), join(dir, 'config.schema.json')]),
      ...findConfigFiles(options),
    ],
  };
}

function findConfigFiles({ config, env = process.env.BULKHEAD_ENV ?? '' }: ConfigOptions): string[] {
  if (config.length > 0) return config.map((file) => resolve(file));
  const dir = findConfigDir(process.cwd());
  const environments = env.split(',').flatMap((name) => (name.trim() === '' ? [] : [`.${name.trim()}`]));
  return ['', ...environments].flatMap((middle) => [
    join(dir, `app-config${middle}.yaml`),
    join(dir, `app-config${middle}.local.yaml`),
  ]);
}
