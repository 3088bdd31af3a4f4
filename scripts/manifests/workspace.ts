import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Names of packages and the ranges asked for. */
export type Dependencies = Readonly<Record<string, string>>;

/** A `package.json`, as far as it is checked. Nothing in it is trusted to be there. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly engines?: { readonly node?: string };
  readonly bulkhead?: {
    readonly role?: string;
    readonly pluginId?: string;
    readonly layer?: string;
    readonly host?: string;
    readonly deployments?: readonly string[];
    /** Whether Node.js loads it from few files in `bundle`, or from one, in place of one for each module in `dist`. */
    readonly bundled?: boolean | 'whole';
    /** Third-party packages of which this one needs another version than the rest of the repository. */
    readonly ownVersions?: readonly string[];
  };
  readonly files?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
}

/** A package of the workspace. */
export interface WorkspacePackage {
  /** Folder from the root of the repository, with `/`: `packages/errors`. */
  readonly dir: string;
  /** The last part of `dir`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The whole repository. */
export interface Workspace {
  /** Absolute path of the repository. */
  readonly root: string;
  /** The version that all packages have, from `lerna.json`. */
  readonly version: string;
  readonly manifest: Manifest;
  readonly packages: readonly WorkspacePackage[];
}

/** Folders that hold packages. */
export const groups = ['packages', 'plugins'] as const;

/** Reads every manifest of the repository at `root`. A folder without `package.json` is no package. */
export function readWorkspace(root: string): Workspace {
  const packages = groups.flatMap((group) => {
    const folders = existsSync(path.join(root, group)) ? readdirSync(path.join(root, group)).sort() : [];
    return folders.flatMap((folder): WorkspacePackage[] => {
      const dir = `${group}/${folder}`;
      if (!existsSync(path.join(root, dir, 'package.json'))) return [];
      return [{ dir, folder, manifest: readJson<Manifest>(root, `${dir}/package.json`) }];
    });
  });
  const { version } = readJson<{ version: string }>(root, 'lerna.json');
  return { root, version, manifest: readJson<Manifest>(root, 'package.json'), packages };
}

/** The packages of the workspace among some dependencies, in the order of their names. */
export function workspacePackagesIn(
  workspace: Workspace,
  ...dependencies: readonly (Dependencies | undefined)[]
): WorkspacePackage[] {
  const names = new Set(dependencies.flatMap((group) => Object.keys(group ?? {})));
  return workspace.packages.filter(({ manifest }) => manifest.name !== undefined && names.has(manifest.name));
}

/** What a package needs to run: everything but its development dependencies. */
export function runtimeDependencies({ manifest }: WorkspacePackage): Dependencies {
  return { ...manifest.peerDependencies, ...manifest.optionalDependencies, ...manifest.dependencies };
}

function readJson<T>(root: string, file: string): T {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as T;
}
