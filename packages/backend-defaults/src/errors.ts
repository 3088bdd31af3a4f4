import type { PlanProblem } from '@bulkhead/backend-runtime';
import { BulkheadError } from '@bulkhead/errors';
import type { DeploymentKind } from './checks/deployment.ts';

/** Who a problem is charged to, and the package that it came from. */
export interface PackagedFeature {
  /** `plugin 'todo'` or `module 'audit' of plugin 'todo'`. */
  readonly what: string;
  readonly pluginId: string;
  readonly moduleId?: string;
  readonly packageName: string;
  readonly packageVersion: string;
}

/** A feature whose package was made for another version of the host. */
export function unsuitedHost(feature: PackagedFeature, range: string, hostVersion: string): PlanProblem {
  return charge(feature, {
    code: 'ERR_DEFAULTS_UNSUITED_HOST',
    message: `${describe(feature)} is made for host ${range}, and this host is ${hostVersion}`,
    hint: `Install a version of ${feature.packageName} that suits host ${hostVersion}, or update @bulkhead/backend-defaults.`,
  });
}

/** A feature whose package says that it is not made for this kind of deployment. */
export function unsuitedDeployment(
  feature: PackagedFeature,
  made: readonly string[],
  kind: DeploymentKind,
): PlanProblem {
  return charge(feature, {
    code: 'ERR_DEFAULTS_UNSUITED_DEPLOYMENT',
    message: `${describe(feature)} is made for ${made.join(' and ') || 'no'} deployments, and this one is ${kind}`,
    hint:
      kind === 'split'
        ? 'Remove `topology` and `discovery.endpoints` to run everything in one process, or leave the plugin out.'
        : 'Spread the plugins over processes, or leave the plugin out.',
  });
}

/** A manifest that does not say what it must, or says what cannot be. */
export function badManifest(feature: PackagedFeature, fault: string, hint: string): PlanProblem {
  return charge(feature, {
    code: 'ERR_DEFAULTS_BAD_MANIFEST',
    message: `${describe(feature)}: its package.json ${fault}`,
    hint,
  });
}

/** A plugin whose id is the key of a section that belongs to the host. */
export function sectionOfHost(pluginId: string): PlanProblem {
  return {
    code: 'ERR_DEFAULTS_SECTION_OF_HOST',
    message: `A plugin cannot be installed as '${pluginId}': the configuration under that key is the host's own`,
    hint: 'Install it under another id: backend.add(feature, { pluginId }).',
    pluginId,
  };
}

/** A folder without a package, or a package that is not there. */
export function noPackage(message: string): BulkheadError {
  return new BulkheadError('ERR_DEFAULTS_NO_PACKAGE', message, {
    hint: 'Install it, or correct `backend.packages` and the dependencies in the package.json of the host.',
  });
}

/** A package that the discovery came upon, and that cannot be imported. */
export function discoveryFailed(name: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_DEFAULTS_DISCOVERY_FAILED', `${name} cannot be loaded: ${messageOf(cause)}`, {
    hint: 'Mend the package, or name it in `backend.packages.exclude`.',
    cause,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function describe({ what, packageName, packageVersion }: PackagedFeature): string {
  return `${what} (${packageName} ${packageVersion})`;
}

function charge(feature: PackagedFeature, problem: PlanProblem): PlanProblem {
  const { pluginId, moduleId } = feature;
  return { ...problem, pluginId, ...(moduleId !== undefined && { moduleId }) };
}

/** A feature of Backstage's was added, but what translates such features is not installed. */
export function interopMissing(cause: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_DEFAULTS_INTEROP_MISSING',
    "Backstage's features need a package that is not installed",
    {
      hint: 'Run `npm install @bulkhead/backstage-interop` in the package of the host.',
      cause,
    },
  );
}
