import { allowedLayers, isLayerName, layers } from '../../packages/eslint-plugin/src/layer-table.ts';
import type { Finding } from '../finding.ts';
import {
  runtimeDependencies,
  workspacePackagesIn,
  type Dependencies,
  type Workspace,
  type WorkspacePackage,
} from './workspace.ts';

/** Checks what packages depend on: the layer table, versions in step, and that no package needs itself in the end. */
export function checkDependencies(workspace: Workspace): Finding[] {
  const findings = workspace.packages.flatMap((entry) =>
    [...checkLayers(workspace, entry), ...checkRanges(workspace, entry), ...checkThirdParties(workspace, entry)].map(
      (message) => ({ file: `${entry.dir}/package.json`, message }),
    ),
  );
  return [...findings, ...checkCycles(workspace), ...checkOneRangeEach(workspace)];
}

function checkLayers(workspace: Workspace, entry: WorkspacePackage): string[] {
  const { layer = '', role, pluginId } = entry.manifest.bulkhead ?? {};
  if (!isLayerName(layer)) return [];
  const check = (dependencies: Dependencies | undefined, test: boolean): string[] =>
    workspacePackagesIn(workspace, dependencies).flatMap(({ manifest: { name, bulkhead } }) => {
      const allowed = allowedLayers(layer, { test });
      if (allowed.some((candidate) => candidate === bulkhead?.layer)) return [];
      // The tests of a module start the plugin that it extends.
      if (test && role === 'backend-plugin-module' && bulkhead?.layer === 'plugin' && bulkhead.pluginId === pluginId)
        return [];
      const kind = test ? 'develop with' : 'depend on';
      return [`the layer ${layer} may not ${kind} ${name} (${bulkhead?.layer}), only on ${allowed.join(', ')}`];
    });
  return [...check(runtimeDependencies(entry), false), ...check(entry.manifest.devDependencies, true)];
}

function checkRanges(workspace: Workspace, { manifest }: WorkspacePackage): string[] {
  const groups = [
    manifest.dependencies,
    manifest.optionalDependencies,
    manifest.peerDependencies,
    manifest.devDependencies,
  ];
  return groups.flatMap((dependencies) =>
    workspacePackagesIn(workspace, dependencies).flatMap(({ manifest: { name = '' } }) => {
      const range = dependencies?.[name];
      const expected = `^${workspace.version}`;
      return range === expected ? [] : [`must ask for ${name} as "${expected}", not "${range}"`];
    }),
  );
}

function checkThirdParties(workspace: Workspace, { manifest }: WorkspacePackage): string[] {
  const { layer = '' } = manifest.bulkhead ?? {};
  const limit = isLayerName(layer) ? layers[layer].maxThirdParty : undefined;
  if (limit === undefined) return [];
  const own = new Set(workspace.packages.map((entry) => entry.manifest.name));
  const foreign = Object.keys({ ...manifest.optionalDependencies, ...manifest.dependencies }).filter(
    (name) => !own.has(name),
  );
  if (foreign.length <= limit) return [];
  return [
    `the layer ${layer} may have ${limit} third-party dependencies, not ${foreign.length} (${foreign.join(', ')})`,
  ];
}

/**
 * One version of a third-party package serves the whole repository, but for what a package names under `ownVersions`. Peer
 * ranges are wider on purpose.
 */
function checkOneRangeEach({ manifest: root, packages }: Workspace): Finding[] {
  const seen = new Map<string, { range: string; file: string }>();
  const manifests = [
    { file: 'package.json', manifest: root },
    ...packages.map(({ dir, manifest }) => ({ file: `${dir}/package.json`, manifest })),
  ];
  const findings: Finding[] = [];
  for (const { file, manifest } of manifests) {
    const all = { ...manifest.devDependencies, ...manifest.optionalDependencies, ...manifest.dependencies };
    for (const [name, range] of Object.entries(all)) {
      if (manifest.bulkhead?.ownVersions?.includes(name)) continue;
      const first = seen.get(name) ?? { range, file };
      seen.set(name, first);
      if (first.range !== range) {
        findings.push({ file, message: `asks for ${name} as "${range}", but ${first.file} as "${first.range}"` });
      }
    }
  }
  return findings;
}

function checkCycles(workspace: Workspace): Finding[] {
  const done = new Set<WorkspacePackage>();
  const findings: Finding[] = [];
  const visit = (entry: WorkspacePackage, trail: readonly WorkspacePackage[]): void => {
    if (trail.includes(entry)) {
      const cycle = [...trail.slice(trail.indexOf(entry)), entry].map(({ manifest }) => manifest.name);
      findings.push({ file: `${entry.dir}/package.json`, message: `depends on itself: ${cycle.join(' -> ')}` });
    } else if (!done.has(entry)) {
      for (const next of workspacePackagesIn(workspace, runtimeDependencies(entry))) visit(next, [...trail, entry]);
      done.add(entry);
    }
  };
  for (const entry of workspace.packages) visit(entry, []);
  return findings;
}
