import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Problem } from '@bulkhead/errors';
import { badManifest, badSchema, invalidPackages } from '../errors.ts';
import { displayName } from '../read/file-store.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import { isForeign, readForeignSchemas, type BackstageManifest } from './foreign-schemas.ts';

/** The field `bulkhead` of a package.json, as far as the configuration is concerned. */
export interface PackageManifest {
  /** What the package is: `backend-plugin`, `backend-plugin-module`, `node-library`, … */
  readonly role?: string;
  /** The plugin that it is, or belongs to. */
  readonly pluginId?: string;
  /** Its layer. */
  readonly layer?: string;
  /** The host versions it suits, as a semver range. */
  readonly host?: string;
  /** The kinds of deployment it suits. */
  readonly deployments?: readonly string[];
  readonly [key: string]: unknown;
}

/** A configuration schema that a package brings. */
export interface PackageSchema {
  /** Absolute path of the file. */
  readonly file: string;
  readonly schema: SchemaNode;
  /**
   * `backstage` for one that a package brings as Backstage's packages do. It always describes the whole tree, tells which
   * values are secret, and refuses nothing. Default: `bulkhead`.
   */
  readonly origin?: 'bulkhead' | 'backstage';
}

/** A package that takes part in the host. */
export interface DiscoveredPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute, symbolic links resolved. */
  readonly dir: string;
  readonly manifest: PackageManifest;
  /** The field `backstage` of its package.json, for one that was made for Backstage. */
  readonly backstage?: BackstageManifest;
  readonly schemas: readonly PackageSchema[];
}

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly bulkhead?: PackageManifest;
  readonly backstage?: BackstageManifest;
  readonly configSchema?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * The packages of a host that have a `bulkhead` field in their package.json, or were made for Backstage: the host's own,
 * its dependencies, and the dependencies of those. Other packages are not looked into.
 *
 * Reads package.json files from `node_modules` folders, so a package need not export its own. Dependencies that are
 * not installed are passed over: whoever imports them will say so better.
 *
 * @param hostDir - a folder in the host package; the nearest package.json at or above it counts
 * @throws ProblemsError `ERR_CONFIG_PACKAGES` with every manifest and schema that cannot be read
 */
export function discoverPackages(hostDir: string): readonly DiscoveredPackage[] {
  const discovery = new PackageDiscovery();
  const host = findHostDir(hostDir);
  if (host !== undefined) {
    discovery.visit(host, true);
  }
  if (discovery.problems.length > 0) {
    throw invalidPackages(discovery.problems);
  }
  return discovery.packages;
}

/** Walks from a host over its dependencies. */
class PackageDiscovery {
  readonly packages: DiscoveredPackage[] = [];
  readonly problems: Problem[] = [];
  readonly #visited = new Set<string>();
  /** The `node_modules` folders that are there. A host looks into few, and asks for each hundreds of times. */
  readonly #modules = new Map<string, boolean>();
  /** The packages that stand in them, by where they may be expected. Most are asked for more than once. */
  readonly #installed = new Map<string, string | undefined>();

  visit(dir: string, isHost: boolean): void {
    if (this.#visited.has(dir)) {
      return;
    }
    this.#visited.add(dir);
    const manifest = readManifest(dir, this.problems);
    if (!manifest || !(isHost || manifest.bulkhead || isForeign(manifest))) {
      return;
    }
    this.packages.push({
      name: manifest.name ?? displayName(dir),
      version: manifest.version ?? '0.0.0',
      dir,
      manifest: manifest.bulkhead ?? {},
      ...(manifest.backstage && { backstage: manifest.backstage }),
      schemas: [...readSchemas(dir, manifest, this.problems), ...readForeignSchemas(dir, manifest)],
    });
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      const dependency = this.#findDependency(dir, name);
      if (dependency !== undefined) {
        this.visit(dependency, false);
      }
    }
  }

  /** Looks where Node.js would look, from the package's real folder upwards. */
  #findDependency(from: string, name: string): string | undefined {
    for (let dir = from; ; dir = dirname(dir)) {
      const found = this.#hasModules(dir) ? this.#findInstalled(join(dir, 'node_modules', name)) : undefined;
      if (found !== undefined || dir === dirname(dir)) {
        return found;
      }
    }
  }

  #findInstalled(candidate: string): string | undefined {
    if (!this.#installed.has(candidate)) {
      const isThere = isFile(join(candidate, 'package.json'));
      this.#installed.set(candidate, isThere ? realpathSync.native(candidate) : undefined);
    }
    return this.#installed.get(candidate);
  }

  #hasModules(dir: string): boolean {
    const known = this.#modules.get(dir);
    if (known !== undefined) {
      return known;
    }
    const found = basename(dir) !== 'node_modules' && existsSync(join(dir, 'node_modules'));
    this.#modules.set(dir, found);
    return found;
  }
}

function findHostDir(from: string): string | undefined {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (isFile(join(dir, 'package.json'))) {
      // As for dependencies: only the native one writes names as they are written where case is ignored.
      return realpathSync.native(dir);
    }
    if (dir === dirname(dir)) {
      return undefined;
    }
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function readManifest(dir: string, problems: Problem[]): PackageJson | undefined {
  const file = join(dir, 'package.json');
  const json = readJson(file);
  if (json.type === 'error') {
    problems.push(badManifest(displayName(file), json.reason));
    return undefined;
  }
  return json.value;
}

/**
 * `config.schema.json`, and for packages that are no plugin those of their parts, too: one for each folder of `src`
 * that has one.
 */
function readSchemas(dir: string, { bulkhead, ...manifest }: PackageJson, problems: Problem[]): PackageSchema[] {
  if (!bulkhead && isForeign(manifest)) {
    return [];
  }
  const isPlugin = bulkhead?.pluginId !== undefined;
  const parts = isPlugin ? [] : listFolders(join(dir, 'src')).map((name) => join('src', name));
  const schemas: PackageSchema[] = [];
  for (const folder of ['.', ...parts]) {
    const file = join(dir, folder, 'config.schema.json');
    if (!isFile(file)) {
      continue;
    }
    const json = readJson(file);
    if (json.type === 'error') {
      problems.push(badSchema(displayName(file), json.reason));
    } else {
      schemas.push({ file, schema: json.value as SchemaNode });
    }
  }
  return schemas;
}

function listFolders(dir: string): readonly string[] {
  try {
    const entries = readdirSync(dir, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch {
    return [];
  }
}

type JsonFile = { readonly type: 'json'; readonly value: object } | { readonly type: 'error'; readonly reason: string };

function readJson(file: string): JsonFile {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { type: 'json', value }
      : { type: 'error', reason: 'it is not a JSON object' };
  } catch (error) {
    return {
      type: 'error',
      reason: error instanceof SyntaxError ? 'it is not JSON' : String((error as { code?: unknown }).code),
    };
  }
}
