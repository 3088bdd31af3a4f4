import type { AnyServiceRef } from '@bulkhead/backend-plugin-api';
import type { ServiceCatalog } from '../container/service-catalog.ts';
import type { PackageFinder } from '../intake/feature-package.ts';
import type { NormalModule, NormalPlugin } from '../intake/normal-feature.ts';
import type { LeftOut } from '../plan/plan.ts';
import { describeOwner, type Owner, type PlanProblem } from '../problems/plan-problem.ts';
import type { HostSettings } from '../settings/host-settings.ts';
import { findExtensionPointProblems, isExtensionPoint } from './extension-points.ts';
import type { Installation, Installations } from './installations.ts';
import { findServiceProblems, type ServiceNeed } from './service-problems.ts';

/** What there is to settle. */
export interface SettleInput {
  readonly installations: Installations;
  readonly catalog: ServiceCatalog;
  /** What has been found wrong so far. */
  readonly problems: readonly PlanProblem[];
  readonly settings: HostSettings;
  /** Which plugins this process runs, with their modules. */
  readonly isSelected: (pluginId: string) => boolean;
  /** Finds the packages that problems name. */
  readonly packages?: PackageFinder;
}

/** What remains once everything that is at fault and may be left out has been left out. */
export interface Settlement {
  readonly installations: Installations;
  readonly leftOut: readonly LeftOut[];
  /** What keeps the host from starting. */
  readonly fatal: readonly PlanProblem[];
}

/**
 * Validates the installations and leaves out the plugins and modules at fault, as far as the failure policy allows.
 * Leaving one out can take away what another needs, so this goes on until nothing changes.
 */
export function settle(input: SettleInput): Settlement {
  const omissions = new Omissions(input.settings);
  const { catalog, isSelected, packages } = input;
  omissions.addDisabled([...input.installations.keys(), ...input.problems.flatMap(({ pluginId }) => pluginId ?? [])]);
  omissions.addUnselected(
    // Not whoever only has a module at fault: that may belong to no plugin at all.
    [
      ...input.installations.keys(),
      ...input.problems.flatMap(({ pluginId, moduleId }) => (moduleId === undefined ? (pluginId ?? []) : [])),
    ].filter((pluginId) => !isSelected(pluginId)),
  );
  for (;;) {
    const installations = omissions.applyTo(input.installations);
    const problems = [
      ...input.problems,
      ...findExtensionPointProblems(installations),
      ...findServiceProblems(catalog, needsOf(installations), { extent: 'provided', packages }),
    ];
    if (omissions.addTolerated(problems)) continue;
    const fatal = withoutRepetitions(problems.filter((problem) => !omissions.covers(problem)));
    return { installations, leftOut: omissions.list(), fatal };
  }
}

/** What is left out, and why. */
class Omissions {
  readonly #settings: HostSettings;
  readonly #omitted = new Map<string, LeftOut & { readonly problems: PlanProblem[] }>();

  constructor(settings: HostSettings) {
    this.#settings = settings;
  }

  addDisabled(pluginIds: readonly string[]): void {
    for (const pluginId of pluginIds) {
      if (this.#settings.isEnabled(pluginId)) continue;
      this.#omitted.set(pluginId, { pluginId, reason: 'disabled', problems: [] });
    }
  }

  addUnselected(pluginIds: readonly string[]): void {
    for (const pluginId of pluginIds) {
      if (!this.#omitted.has(pluginId)) this.#omitted.set(pluginId, { pluginId, reason: 'unselected', problems: [] });
    }
  }

  /** Files the problems that the policy tolerates with whom they are charged to; tells whether somebody new is at fault. */
  addTolerated(problems: readonly PlanProblem[]): boolean {
    let hasGrown = false;
    for (const problem of problems) {
      const owner = ownerOf(problem);
      if (!owner || (this.#omitted.get(owner.pluginId)?.reason ?? 'failure') !== 'failure') continue;
      if (!this.#settings.failurePolicy.allows(owner)) continue;
      const present = this.#omitted.get(keyOf(owner));
      if (!present) {
        this.#omitted.set(keyOf(owner), { ...owner, reason: 'failure', problems: [problem] });
        hasGrown = true;
      } else if (!present.problems.some(({ message }) => message === problem.message)) {
        present.problems.push(problem);
      }
    }
    return hasGrown;
  }

  /** Whether a problem is charged to something that is left out, or to a module of such a plugin. */
  covers(problem: PlanProblem): boolean {
    const owner = ownerOf(problem);
    return owner !== undefined && (this.#omitted.has(owner.pluginId) || this.#omitted.has(keyOf(owner)));
  }

  applyTo(installations: Installations): Installations {
    if (this.#omitted.size === 0) return installations;
    const remaining = new Map<string, Installation>();
    for (const [pluginId, { plugin, modules }] of installations) {
      if (this.#omitted.has(pluginId)) continue;
      remaining.set(pluginId, { plugin, modules: modules.filter((module) => !this.#omitted.has(keyOf(module))) });
    }
    return remaining;
  }

  list(): LeftOut[] {
    return [...this.#omitted.values()];
  }
}

function ownerOf({ pluginId, moduleId }: PlanProblem): Owner | undefined {
  if (pluginId === undefined) return undefined;
  return moduleId === undefined ? { pluginId } : { pluginId, moduleId };
}

function keyOf({ pluginId, moduleId }: Owner): string {
  return moduleId === undefined ? pluginId : `${pluginId}/${moduleId}`;
}

function needsOf(installations: Installations): ServiceNeed[] {
  return Array.from(installations.values()).flatMap(({ plugin, modules }) => [
    ...needsOfInit({ pluginId: plugin.pluginId }, plugin),
    ...modules.flatMap((module) => needsOfInit({ pluginId: module.pluginId, moduleId: module.moduleId }, module)),
  ]);
}

function needsOfInit(owner: Owner, { registration, origin }: NormalPlugin | NormalModule): ServiceNeed[] {
  const path = [describeOwner(owner)];
  const refs = Object.values(registration.init.deps).filter((ref): ref is AnyServiceRef => !isExtensionPoint(ref));
  return refs.map((ref) => ({ ref, path, owner, origin }));
}

/** The same fault can be found on two ways, for example below a loader and below a plugin. */
function withoutRepetitions(problems: readonly PlanProblem[]): PlanProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
}
