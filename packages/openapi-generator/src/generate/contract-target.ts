import { twoClientPackages } from './errors.ts';
import type { PackageFolder, Workspace } from './workspace.ts';

/** A contract, and where what is generated from it has its place. */
export interface ContractTarget {
  readonly contract: string;
  readonly pluginId?: string;
  /** The package of the plugin that serves the contract. */
  readonly server: PackageFolder;
  /** The package with which others call it, if there is one. */
  readonly client?: PackageFolder;
}

/** The contracts among some packages: those of plugins, and that of a single package which does not say what it is. */
export function findTargets({ selected, all }: Workspace): readonly ContractTarget[] {
  return selected.flatMap((server) => {
    const { contract, role, pluginId } = server;
    if (contract === undefined || (role !== 'backend-plugin' && !(role === undefined && selected.length === 1))) {
      return [];
    }
    return [{ contract, pluginId, server, client: findClientPackage(pluginId, all) }];
  });
}

function findClientPackage(pluginId: string | undefined, all: readonly PackageFolder[]): PackageFolder | undefined {
  if (pluginId === undefined) {
    return undefined;
  }
  const found = all.filter((each) => each.layer === 'plugin-node' && each.pluginId === pluginId);
  if (found.length > 1) {
    throw twoClientPackages(
      pluginId,
      found.map(({ name, folder }) => name ?? folder),
    );
  }
  return found[0];
}
