import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FeaturePackage } from '@bulkhead/backend-runtime';

/** What a package.json says about a plugin, under `bulkhead` or `backstage`. */
interface PluginManifest {
  readonly role?: string;
  readonly pluginId?: string;
  readonly pluginPackages?: readonly string[];
}

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly bulkhead?: PluginManifest;
  readonly backstage?: PluginManifest;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The package that a file belongs to: that of the nearest package.json above it that has a name. */
export function packageOfFile(file: string): FeaturePackage | undefined {
  for (const folder of foldersAbove(file)) {
    const manifest = readManifest(folder);
    if (manifest?.name !== undefined) return toFeaturePackage(manifest, folder);
  }
  return undefined;
}

/** The packages that the package at or above a folder depends on, as far as they are installed. */
export function dependenciesOf(hostDir: string): readonly FeaturePackage[] {
  const folders = [hostDir, ...foldersAbove(hostDir)];
  const host = folders.map(readManifest).find((manifest) => manifest?.name !== undefined);
  return Object.keys(host?.dependencies ?? {}).flatMap((name) => {
    const places = folders.map((folder) => join(folder, 'node_modules', name));
    const folder = places.find((place) => readManifest(place) !== undefined);
    return folder === undefined ? [] : [toFeaturePackage(readManifest(folder)!, folder)];
  });
}

function* foldersAbove(path: string): Generator<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    yield folder;
    if (folder === dirname(folder)) return;
  }
}

function readManifest(folder: string): PackageJson | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  } catch {
    // There is none, or none that can be read: whoever depends on it says so better.
    return undefined;
  }
}

function toFeaturePackage(
  { name = '', version = '', bulkhead, backstage }: PackageJson,
  folder: string,
): FeaturePackage {
  const { role, pluginId, pluginPackages = [] } = bulkhead ?? backstage ?? {};
  const relatives = pluginPackages.filter((each) => each !== name && each.endsWith('-backend'));
  // Packages of modules are named `…-backend-module-<moduleId>`.
  const moduleId = role === 'backend-plugin-module' ? name.split('-backend-module-')[1] : undefined;
  const isFeature = role === 'backend-plugin' || moduleId !== undefined;
  return {
    name,
    version,
    folder,
    ...(isFeature && { pluginId }),
    ...(moduleId !== undefined && { moduleId }),
    ...(relatives.length > 0 && { relatives }),
  };
}
