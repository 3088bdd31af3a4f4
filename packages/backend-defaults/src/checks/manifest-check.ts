import type { Plan, PlanCheck, PlannedPlugin, PlanProblem } from '@bulkhead/backend-runtime';
import type { DiscoveredPackage } from '@bulkhead/config-loader';
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import { badManifest, unsuitedDeployment, unsuitedHost, type PackagedFeature } from '../errors.ts';
import type { RootConfigService } from '@bulkhead/backend-plugin-api';
import type { DeploymentKind } from './deployment.ts';

/** What manifests are held against. */
export interface ManifestCheckHost {
  /** The version of this host; a prerelease suits a range that its release suits. */
  readonly version: string;
  readonly deploymentOf: (rootConfig: RootConfigService | undefined) => DeploymentKind;
}

interface Host {
  readonly version: string;
  readonly deployment: DeploymentKind;
}

/**
 * Refuses features whose package was made for another host version or not for this kind of deployment, as the field
 * `bulkhead` of its package.json says. Features that come from no known package pass.
 *
 * @param packages - finds the packages of the host; called once, when the check runs
 */
export function createManifestCheck(
  packages: () => readonly DiscoveredPackage[],
  { version, deploymentOf }: ManifestCheckHost,
): PlanCheck {
  return (plan, { rootConfig }) => {
    const host: Host = { version, deployment: deploymentOf(rootConfig) };
    return [...packagedFeatures(plan, packages())].flatMap(([feature, found]) => faultsOf(feature, found, host));
  };
}

/** Brings the plugins and modules of a plan to the packages that they come from. */
function* packagedFeatures(
  plan: Plan,
  packages: readonly DiscoveredPackage[],
): Iterable<readonly [PackagedFeature, DiscoveredPackage]> {
  const index = new Map<string, DiscoveredPackage>();
  for (const candidate of packages) {
    const key = keyOf(candidate);
    if (key !== undefined) index.set(key, candidate);
  }
  for (const plugin of plan.plugins) {
    const { pluginId, declaredPluginId } = plugin;
    const found = index.get(declaredPluginId);
    if (found) yield [toFeature(`Plugin '${pluginId}'`, { pluginId }, found), found];
    yield* packagedModules(plugin, index);
  }
}

function* packagedModules(
  { pluginId, modules }: PlannedPlugin,
  index: ReadonlyMap<string, DiscoveredPackage>,
): Iterable<readonly [PackagedFeature, DiscoveredPackage]> {
  for (const { moduleId, declaredPluginId } of modules) {
    const found = index.get(`${declaredPluginId}/${moduleId}`);
    if (found) yield [toFeature(`Module '${moduleId}' of plugin '${pluginId}'`, { pluginId, moduleId }, found), found];
  }
}

/** `todo` for a plugin, `todo/audit` for a module: packages are named `…<pluginId>-backend-module-<moduleId>`. */
function keyOf({ name, manifest }: DiscoveredPackage): string | undefined {
  const { role, pluginId } = manifest;
  if (pluginId === undefined) return undefined;
  if (role === 'backend-plugin') return pluginId;
  const moduleId = role === 'backend-plugin-module' ? name.split('-backend-module-')[1] : undefined;
  return moduleId && `${pluginId}/${moduleId}`;
}

function toFeature(
  what: string,
  owner: { readonly pluginId: string; readonly moduleId?: string },
  { name, version }: DiscoveredPackage,
): PackagedFeature {
  return { what, ...owner, packageName: name, packageVersion: version };
}

function faultsOf(feature: PackagedFeature, { name, manifest }: DiscoveredPackage, host: Host): PlanProblem[] {
  const { pluginId, host: range, deployments } = manifest;
  const faults: PlanProblem[] = [];
  if (!new RegExp(`(?:^|[-/])${pluginId}-backend(?:-module-.+)?$`).test(name)) {
    const expected = `…${pluginId}-backend, or …${pluginId}-backend-module-<moduleId>`;
    faults.push(
      badManifest(
        feature,
        `has '${pluginId}' as bulkhead.pluginId, which does not fit its name`,
        `Name it ${expected}.`,
      ),
    );
  }
  if (range !== undefined && validRange(range) === null) {
    faults.push(
      badManifest(feature, `has '${range}' as bulkhead.host, which is no range of versions`, 'For example "^1.0.0".'),
    );
  } else if (range !== undefined && !satisfies(host.version, range, { includePrerelease: true })) {
    faults.push(unsuitedHost(feature, range, host.version));
  }
  if (deployments !== undefined && !Array.isArray(deployments)) {
    faults.push(badManifest(feature, 'has bulkhead.deployments that are no list', 'For example ["single", "split"].'));
  } else if (deployments !== undefined && !deployments.includes(host.deployment)) {
    faults.push(unsuitedDeployment(feature, deployments, host.deployment));
  }
  return faults;
}
