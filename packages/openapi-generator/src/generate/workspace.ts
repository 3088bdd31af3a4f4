import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { badManifest, noFolder } from './errors.ts';
import { memberFolders } from './member-folders.ts';

/** A package that contracts are served or called from. */
export interface PackageFolder {
  readonly folder: string;
  readonly name?: string;
  readonly role?: string;
  readonly pluginId?: string;
  readonly layer?: string;
  /** The contract, if it has one. */
  readonly contract?: string;
}

/** What generating has to do with. */
export interface Workspace {
  /** The packages that were asked for. */
  readonly selected: readonly PackageFolder[];
  /** Those, and all others of the repositories that they are in. */
  readonly all: readonly PackageFolder[];
}

/** The name of a contract, beside the `package.json` of the plugin. */
const CONTRACT = 'openapi.yaml';

/**
 * Finds packages.
 *
 * @param folders - folders of packages, or of repositories, of which all packages are meant
 */
export function findPackages(folders: readonly string[]): Workspace {
  const selected = new Map<string, PackageFolder>();
  const all = new Map<string, PackageFolder>();
  for (const folder of folders.map((each) => path.resolve(each))) {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
      throw noFolder(folder);
    }
    const root = findRoot(folder);
    const inRoot = [root, ...membersOf(root)].map(readPackage);
    for (const found of inRoot) {
      all.set(found.folder, found);
      if (isInside(found.folder, folder)) {
        selected.set(found.folder, found);
      }
    }
  }
  return { selected: [...selected.values()], all: [...all.values()] };
}

/** The repository that a folder is in: the nearest folder above whose workspaces include it; else itself. */
function findRoot(folder: string): string {
  const { root } = path.parse(folder);
  for (let above = folder; above !== root; above = path.dirname(above)) {
    const members = membersOf(above);
    if (members.some((member) => isInside(member, folder) || isInside(folder, member))) {
      return above;
    }
  }
  return folder;
}

function membersOf(root: string): readonly string[] {
  const { workspaces } = readManifest(root);
  const patterns = Array.isArray(workspaces) ? workspaces : isRecord(workspaces) ? workspaces['packages'] : [];
  const texts = (Array.isArray(patterns) ? patterns : []).filter((pattern) => typeof pattern === 'string');
  return [...new Set(texts.flatMap((pattern) => memberFolders(root, pattern)))].sort();
}

function readPackage(folder: string): PackageFolder {
  const manifest = readManifest(folder);
  const about = isRecord(manifest['bulkhead']) ? manifest['bulkhead'] : {};
  const contract = path.join(folder, CONTRACT);
  return {
    folder,
    name: textOf(manifest['name']),
    role: textOf(about['role']),
    pluginId: textOf(about['pluginId']),
    layer: textOf(about['layer']),
    ...(existsSync(contract) && { contract }),
  };
}

function readManifest(folder: string): Readonly<Record<string, unknown>> {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) {
    return {};
  }
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    return isRecord(manifest) ? manifest : {};
  } catch (error) {
    throw badManifest(file, error);
  }
}

function isInside(folder: string, outer: string): boolean {
  return folder === outer || folder.startsWith(`${outer}${path.sep}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
