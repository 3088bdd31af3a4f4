import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { badManifest } from '../errors.ts';
import { expandPattern } from '../host/workspace-pattern.ts';
import { noBackstageBackend, severalBackends } from './errors.ts';

/** A package.json, as far as it is looked into. */
export interface BackstageManifestFile {
  readonly name?: string;
  readonly type?: string;
  readonly main?: string;
  readonly exports?: unknown;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  readonly backstage?: { readonly role?: string };
  readonly bulkhead?: object;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A repository with a backend made for Backstage. Paths are absolute. */
export interface BackstageRepository {
  readonly root: string;
  readonly backend: string;
  readonly manifest: BackstageManifestFile;
  readonly entry: string;
  /** `app-config.yaml` and its companions. */
  readonly configs: readonly string[];
  /** Packages of the workspace, by name. */
  readonly members: ReadonlyMap<string, { readonly dir: string; readonly manifest: BackstageManifestFile }>;
}

const ENTRIES = [
  'src/index.ts',
  'src/index.mts',
  'src/index.tsx',
  'src/index.js',
  'src/index.mjs',
  'index.ts',
  'index.js',
  'index.mjs',
];

/**
 * Finds the backend of a repository, or the one that a folder is.
 *
 * @throws BulkheadError `ERR_CLI_MIGRATE_NO_BACKEND`, `ERR_CLI_MIGRATE_SEVERAL_BACKENDS`, `ERR_CLI_BAD_MANIFEST`
 */
export function findBackstage(folder: string): BackstageRepository {
  const start = existsSync(folder) ? realpathSync(resolve(folder)) : resolve(folder);
  const backend = findBackend(start);
  const manifest = readManifest(backend)!;
  const entry = findEntry(backend, manifest);
  if (entry === undefined) throw noBackstageBackend(folder);
  const root = findRoot(backend);
  return { root, backend, manifest, entry, configs: findConfigs(root), members: new Map(findMembers(root)) };
}

function findBackend(start: string): string {
  const isBackend = (dir: string): boolean => readManifest(dir)?.backstage?.role === 'backend';
  const usual = join(start, 'packages/backend');
  if (isBackend(start)) return start;
  const candidates = [...findMembers(start)].map(([, { dir }]) => dir).filter(isBackend);
  if (candidates.length > 1) {
    throw severalBackends(
      start,
      candidates.map((dir) => relative(start, dir)),
    );
  }
  const backend = candidates[0] ?? [usual, start].find((dir) => findEntry(dir, readManifest(dir)) !== undefined);
  if (backend === undefined) throw noBackstageBackend(start);
  return backend;
}

/** The file with which the backend starts, as it was written. */
function findEntry(dir: string, manifest: BackstageManifestFile | undefined): string | undefined {
  if (!manifest) return undefined;
  // What a build made is no source.
  const main = manifest.main !== undefined && !/(?:^|\/)dist\//.test(manifest.main) ? [manifest.main] : [];
  return [...ENTRIES, ...main].map((file) => join(dir, file)).find((file) => existsSync(file));
}

/** The nearest folder at or above the backend that has the configuration, or the workspace. */
function findRoot(backend: string): string {
  for (let dir = backend; ; dir = dirname(dir)) {
    if (findConfigs(dir).length > 0 || readManifest(dir)?.workspaces) return dir;
    if (dir === dirname(dir)) return backend;
  }
}

function findConfigs(root: string): readonly string[] {
  return readdirSync(root)
    .filter((name) => /^app-config(?:\.[\w.-]+)?\.ya?ml$/.test(name))
    .sort((a, b) => a.length - b.length || a.localeCompare(b))
    .map((name) => join(root, name));
}

function* findMembers(root: string): Iterable<[string, { dir: string; manifest: BackstageManifestFile }]> {
  const { workspaces = [] } = readManifest(root) ?? {};
  const patterns = 'packages' in workspaces ? (workspaces.packages ?? []) : (workspaces as readonly string[]);
  for (const dir of new Set(patterns.flatMap((pattern) => expandPattern(root, pattern)))) {
    const manifest = readManifest(dir);
    if (manifest?.name !== undefined) yield [manifest.name, { dir, manifest }];
  }
}

function readManifest(dir: string): BackstageManifestFile | undefined {
  const file = join(dir, 'package.json');
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as BackstageManifestFile;
  } catch (cause) {
    throw badManifest(file, cause);
  }
}
