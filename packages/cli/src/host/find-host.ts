import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { badManifest, hostNotBuilt, noHost, severalHosts } from '../errors.ts';
import { expandPattern } from './workspace-pattern.ts';

/** A package that starts a backend. */
export interface HostPackage {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly dir: string;
}

interface Manifest {
  readonly name?: string;
  readonly exports?: unknown;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  readonly bulkhead?: { readonly role?: string };
}

/**
 * Finds the host: the package at or above `from` that is one, or else the only one in the workspace around `from`.
 *
 * @throws BulkheadError `ERR_CLI_NO_HOST`, `ERR_CLI_SEVERAL_HOSTS`, `ERR_CLI_BAD_MANIFEST`
 */
export function findHost(from: string): HostPackage {
  for (let dir = from; ; dir = dirname(dir)) {
    const manifest = readManifest(dir);
    if (manifest && isHost(manifest)) return toHost(dir, manifest);
    if (manifest?.workspaces) return findInWorkspace(dir, manifest);
    if (dir === dirname(dir)) throw noHost(from);
  }
}

/**
 * The file that starts the host, as Node.js would resolve it.
 *
 * @throws BulkheadError `ERR_CLI_HOST_NOT_BUILT`
 */
export function resolveMain({ name, dir }: HostPackage): string {
  const require = createRequire(join(dir, 'package.json'));
  try {
    // A package can refer to itself by name if it has `exports`, and the conditions of this process apply.
    return require.resolve(readManifest(dir)?.exports === undefined ? dir : name);
  } catch (cause) {
    throw hostNotBuilt(name, cause);
  }
}

function findInWorkspace(root: string, manifest: Manifest): HostPackage {
  const hosts = new Map<string, HostPackage>();
  for (const dir of workspacePatterns(manifest).flatMap((pattern) => expandPattern(root, pattern))) {
    const member = readManifest(dir);
    if (member && isHost(member)) hosts.set(dir, toHost(dir, member));
  }
  const [host] = hosts.values();
  if (!host) throw noHost(root);
  if (hosts.size > 1)
    throw severalHosts(
      root,
      [...hosts.values()].map(({ name }) => name),
    );
  return host;
}

/** yarn also knows an object. */
function workspacePatterns({ workspaces = [] }: Manifest): readonly string[] {
  return 'packages' in workspaces ? (workspaces.packages ?? []) : (workspaces as readonly string[]);
}

function isHost({ bulkhead }: Manifest): boolean {
  return bulkhead?.role === 'backend';
}

function toHost(dir: string, { name = dir }: Manifest): HostPackage {
  return { name, dir };
}

function readManifest(dir: string): Manifest | undefined {
  const file = join(dir, 'package.json');
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch (cause) {
    throw badManifest(file, cause);
  }
}
