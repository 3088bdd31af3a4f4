import { nearestName } from '@bulkhead/errors';
import { formatRings } from '../errors.ts';
import type { FeatureOrigin } from '../intake/normal-feature.ts';
import {
  describeInstalled,
  describeOrigin,
  describeOwner,
  sentence,
  sourceOf,
  type Owner,
  type PlanProblem,
} from './plan-problem.ts';

/** A plugin or module, and how it got here. */
export interface Installed {
  readonly owner: Owner;
  readonly origin: FeatureOrigin;
}

/** Two plugins under one id. */
export function duplicatePlugin(pluginId: string, origins: readonly FeatureOrigin[]): PlanProblem {
  return {
    code: 'ERR_RUNTIME_DUPLICATE_PLUGIN',
    message: `Plugin '${pluginId}' is installed more than once: ${describeOrigins(origins, { pluginId })}`,
    hint: `Remove one, or install it under another id: backend.add(import('…'), { pluginId: '${pluginId}-2' }).`,
    pluginId,
    ...sourceOf(origins.at(-1), { pluginId }),
  };
}

/** Two modules of a plugin under one id. */
export function duplicateModule(owner: Required<Owner>, origins: readonly FeatureOrigin[]): PlanProblem {
  return {
    code: 'ERR_RUNTIME_DUPLICATE_MODULE',
    message: `${sentence(describeOwner(owner))} is installed more than once: ${describeOrigins(origins, owner)}`,
    hint: 'Remove one, or let it join another instance of the plugin with { pluginId }.',
    ...owner,
    ...sourceOf(origins.at(-1), owner),
  };
}

function describeOrigins(origins: readonly FeatureOrigin[], owner: Owner): string {
  return origins.map((origin) => describeOrigin(origin, owner)).join(', ');
}

/** A module whose plugin is not there. */
export function missingPlugin(owner: Required<Owner>, origin: FeatureOrigin, known: Iterable<string>): PlanProblem {
  const nearest = nearestName(owner.pluginId, known);
  return {
    code: 'ERR_RUNTIME_MISSING_PLUGIN',
    message: `There is no plugin '${owner.pluginId}' for its module '${owner.moduleId}' (${describeOrigin(origin, owner)})`,
    hint: nearest
      ? `Did you mean plugin '${nearest}'? Let the module join it: backend.add(…, { pluginId: '${nearest}' }).`
      : `Add the plugin, or remove the module.`,
    ...owner,
    ...sourceOf(origin, owner),
  };
}

/** An extension point id that another plugin, or another feature of the same plugin, offers. */
export function duplicateExtensionPoint(id: string, second: Installed, first: Installed): PlanProblem {
  const { owner } = second;
  return {
    code: 'ERR_RUNTIME_DUPLICATE_EXTENSION_POINT',
    message: `Extension point '${id}' of ${describeInstalled(owner, second.origin)} is already registered by ${describeInstalled(first.owner, first.origin)}`,
    hint: 'Prefix the id with the id of its plugin, and register it once.',
    ...packageFieldOf(second),
    ...owner,
  };
}

/** A module that asks for the extension point of another plugin. */
export function foreignExtensionPoint(id: string, user: Installed, { owner: provider }: Installed): PlanProblem {
  const { owner, origin } = user;
  return {
    code: 'ERR_RUNTIME_FOREIGN_EXTENSION_POINT',
    message: `${sentence(describeInstalled(owner, origin))} needs extension point '${id}', which belongs to ${describeOwner(provider)}`,
    hint: `A module extends one plugin: make it a module of '${provider.pluginId}', or let the plugins talk over HTTP.`,
    ...packageFieldOf(user),
    path: [describeOwner(owner), id],
    ...owner,
  };
}

/** An extension point that nobody registers, or one that a plugin asks for. */
export function unknownExtensionPoint(id: string, user: Installed, known: Iterable<string>): PlanProblem {
  const { owner, origin } = user;
  const nearest = nearestName(id, known);
  return {
    code: 'ERR_RUNTIME_UNKNOWN_EXTENSION_POINT',
    message: `Nobody registers extension point '${id}': ${describeInstalled(owner, origin)} -> ?`,
    hint: nearest ? `Did you mean '${nearest}'?` : `Register it in plugin '${owner.pluginId}', or drop the dependency.`,
    ...packageFieldOf(user),
    path: [describeOwner(owner), id],
    ...owner,
  };
}

/** A plugin that asks for an extension point. */
export function extensionPointOfPlugin(id: string, user: Installed): PlanProblem {
  const { owner, origin } = user;
  return {
    code: 'ERR_RUNTIME_UNKNOWN_EXTENSION_POINT',
    message: `${sentence(describeInstalled(owner, origin))} depends on extension point '${id}', which only modules can`,
    hint: 'A plugin registers extension points for its modules; keep what they leave there in a variable of register.',
    ...packageFieldOf(user),
    path: [describeOwner(owner), id],
    ...owner,
  };
}

/** Modules of which each must start before the other. */
export function moduleCycle(pluginId: string, ring: readonly string[]): PlanProblem {
  return {
    code: 'ERR_RUNTIME_MODULE_CYCLE',
    message: `Modules of plugin '${pluginId}' wait for each other: ${formatRings([ring])}`,
    hint: 'A module that registers an extension point starts after all modules that use it: break the ring.',
    path: ring,
    pluginId,
  };
}

function packageFieldOf({ origin, owner }: Installed): Pick<PlanProblem, 'package'> {
  const { package: found } = sourceOf(origin, owner);
  return found ? { package: found } : {};
}
