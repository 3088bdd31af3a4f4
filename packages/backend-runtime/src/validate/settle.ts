import type { AnyServiceRef } from '@bulkhead/backend-plugin-api';
import type { ServiceCatalog } from '../container/service-catalog.ts';
import type { LeftOut } from '../plan/plan.ts';
import { describeOwner, type Owner, type PlanProblem } from '../problems.ts';
import type { HostSettings } from '../settings/host-settings.ts';
import { findExtensionPointProblems, isExtensionPoint } from './extension-points.ts';
import type { Installation, Installations } from './installations.ts';
import { findServiceProblems, type ServiceNeed } from './service-problems.ts';

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
export function settle(
  all: Installations,
  catalog: ServiceCatalog,
  given: readonly PlanProblem[],
  settings: HostSettings,
): Settlement {
  const leftOut = new Map<string, LeftOut & { problems: PlanProblem[] }>();
  let installations = leaveOutDisabled(all, given, settings, leftOut);
  for (;;) {
    const problems = [
      ...given.filter((problem) => !isOfAny(problem, leftOut, 'disabled')),
      ...findExtensionPointProblems(installations),
      ...findServiceProblems(catalog, needsOf(installations), 'provided'),
    ];
    const isNew = collectTolerated(problems, settings, leftOut);
    if (!isNew) {
      const fatal = problems.filter((problem) => !isOfAny(problem, leftOut));
      return { installations, leftOut: [...leftOut.values()], fatal: withoutRepetitions(fatal) };
    }
    installations = without(installations, leftOut);
  }
}

type LeftOuts = Map<string, LeftOut & { problems: PlanProblem[] }>;

function keyOf({ pluginId, moduleId }: Owner): string {
  return moduleId === undefined ? pluginId : `${pluginId}/${moduleId}`;
}

/** Whether a problem is charged to something that is left out, or to a module of such a plugin. */
function isOfAny(problem: PlanProblem, leftOut: ReadonlyMap<string, LeftOut>, reason?: LeftOut['reason']): boolean {
  const { pluginId, moduleId } = problem;
  if (pluginId === undefined) return false;
  const found =
    leftOut.get(pluginId) ?? (moduleId === undefined ? undefined : leftOut.get(keyOf({ pluginId, moduleId })));
  return found !== undefined && (reason === undefined || found.reason === reason);
}

function leaveOutDisabled(
  all: Installations,
  given: readonly PlanProblem[],
  settings: HostSettings,
  leftOut: LeftOuts,
): Installations {
  const pluginIds = new Set([...all.keys(), ...given.flatMap(({ pluginId }) => pluginId ?? [])]);
  for (const pluginId of pluginIds) {
    if (!settings.isEnabled(pluginId)) leftOut.set(pluginId, { pluginId, reason: 'disabled', problems: [] });
  }
  return leftOut.size === 0 ? all : without(all, leftOut);
}

/** Files the problems that the policy tolerates with whom they are charged to; tells whether one is new there. */
function collectTolerated(problems: readonly PlanProblem[], settings: HostSettings, leftOut: LeftOuts): boolean {
  let isNew = false;
  for (const problem of problems) {
    const { pluginId, moduleId } = problem;
    if (pluginId === undefined || leftOut.get(pluginId)?.reason === 'disabled') continue;
    const owner: Owner = { pluginId, ...(moduleId !== undefined && { moduleId }) };
    if (!settings.failurePolicy.allows(owner)) continue;
    const present = leftOut.get(keyOf(owner));
    if (!present) {
      leftOut.set(keyOf(owner), { ...owner, reason: 'failure', problems: [problem] });
      isNew = true;
    } else if (!present.problems.some((each) => each.message === problem.message)) {
      present.problems.push(problem);
    }
  }
  return isNew;
}

function without(installations: Installations, leftOut: ReadonlyMap<string, LeftOut>): Map<string, Installation> {
  const remaining = new Map<string, Installation>();
  for (const [pluginId, { plugin, modules }] of installations) {
    if (leftOut.has(pluginId)) continue;
    remaining.set(pluginId, { plugin, modules: modules.filter((module) => !leftOut.has(keyOf(module))) });
  }
  return remaining;
}

function needsOf(installations: Installations): ServiceNeed[] {
  const needs: ServiceNeed[] = [];
  for (const { plugin, modules } of installations.values()) {
    for (const feature of [plugin, ...modules]) {
      const owner: Owner = {
        pluginId: feature.pluginId,
        ...(feature.type === 'module' && { moduleId: feature.moduleId }),
      };
      const path = [describeOwner(owner)];
      for (const ref of Object.values(feature.registration.init.deps)) {
        if (!isExtensionPoint(ref)) needs.push({ ref: ref as AnyServiceRef, path, owner });
      }
    }
  }
  return needs;
}

/** The same fault can be found on two ways, for example below a loader and below a plugin. */
function withoutRepetitions(problems: readonly PlanProblem[]): PlanProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
}
