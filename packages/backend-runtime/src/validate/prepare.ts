import { coreServices, type AnyServiceRef, type RootConfigService } from '@bulkhead/backend-plugin-api';
import type { ServiceContainer } from '../container/service-container.ts';
import { deadlineExceeded, invalidPlan } from '../errors.ts';
import { gatherFeatures, type GatherContext, type Gathered, type Submission } from '../intake/gather.ts';
import { createPlan } from '../plan/create-plan.ts';
import type { PlanCheck, PlanCheckContext, PluginSelection } from '../plan/plan-check.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanProblem } from '../problems/plan-problem.ts';
import { problemsOf } from '../problems/service-problems.ts';
import { checkFailed } from '../problems/setting-problems.ts';
import { readHostSettings, type HostSettings, type HostSettingsDefaults } from '../settings/host-settings.ts';
import { combineInstallations, type Installations } from './installations.ts';
import { findServiceProblems } from './service-problems.ts';
import { settle } from './settle.ts';

/** What the preparation works with. */
export interface PrepareContext extends GatherContext {
  readonly checks: readonly PlanCheck[];
  readonly select?: PluginSelection;
  readonly settings: HostSettingsDefaults;
  /** What is wrong with the host itself. */
  readonly problems: readonly PlanProblem[];
}

/** A plan that has been found sound, with the code behind its names. */
export interface Preparation {
  readonly plan: Plan;
  readonly installations: Installations;
  readonly settings: HostSettings;
}

/**
 * Gathers, validates and plans. Makes no service but those without which the graph cannot be known: the configuration
 * and what feature loaders depend on.
 *
 * @throws ProblemsError `ERR_RUNTIME_INVALID_PLAN` with everything that is wrong.
 */
export async function prepare(submissions: readonly Submission[], context: PrepareContext): Promise<Preparation> {
  const { container, deadlines, timeout } = context;
  const gathered = await gatherFeatures(submissions, context);
  await deadlines.run(
    () => container.catalog.complete(refsOf(container, gathered)),
    timeout,
    () =>
      deadlineExceeded(`Loading the default factories of ${container.catalog.pendingDefaults().join(', ')}`, timeout),
  );
  const { rootConfig, problems: configProblems } = await obtainConfig(context);
  const { settings, problems: settingProblems } = readHostSettings(rootConfig, context.settings);
  const broken = gathered.problems.flatMap(({ pluginId, moduleId }) => (pluginId && !moduleId ? [pluginId] : []));
  const combined = combineInstallations(gathered.plugins, gathered.modules, new Set(broken));
  const { isSelected, problems: selectionProblems } = select(context, rootConfig);
  const given = [
    ...context.problems,
    ...gathered.problems,
    ...combined.problems,
    ...configProblems,
    ...settingProblems,
    ...selectionProblems,
  ];

  const shared = { catalog: container.catalog, settings, isSelected, packages: context.packages };
  let settlement = settle({ ...combined, ...shared, problems: given });
  let plan = createPlan(settlement.installations, container.catalog, settlement.leftOut);
  // What is at fault may be missing from the plan.
  const isIncomplete = gathered.problems.length + combined.problems.length > 0;
  const checked = await runChecks(plan, { rootConfig, isIncomplete }, context);
  if (checked.length > 0) {
    settlement = settle({ ...combined, ...shared, problems: [...given, ...checked] });
    plan = createPlan(settlement.installations, container.catalog, settlement.leftOut);
  }
  if (settlement.fatal.length > 0) throw invalidPlan(settlement.fatal);
  return { plan, installations: settlement.installations, settings };
}

/** All services that anybody asks for or provides. */
function refsOf(container: ServiceContainer, { plugins, modules }: Gathered): AnyServiceRef[] {
  const provided = container.catalog.providers().map(({ factory }) => factory.service);
  const needed = [...plugins, ...modules].flatMap(({ registration }) => Object.values(registration.init.deps));
  return [...provided, ...(needed as AnyServiceRef[])];
}

async function obtainConfig(
  context: PrepareContext,
): Promise<{ rootConfig?: RootConfigService; problems: PlanProblem[] }> {
  const { container, deadlines, timeout } = context;
  const ref = coreServices.rootConfig;
  if (container.catalog.providersOf(ref.id).length === 0) return { problems: [] };
  const unsound = findServiceProblems(container.catalog, [{ ref, path: ['host'], rootOnly: true }]);
  if (unsound.length > 0) return { problems: unsound };
  try {
    const rootConfig = await deadlines.run(
      () => container.get(ref),
      timeout,
      () => deadlineExceeded(`Service '${ref.id}'`, timeout),
    );
    return { rootConfig, problems: [] };
  } catch (error) {
    if (error === deadlines.interruption) throw error;
    return { problems: problemsOf(error) };
  }
}

function select(
  { select: selection }: PrepareContext,
  rootConfig: RootConfigService | undefined,
): { isSelected: (pluginId: string) => boolean; problems: readonly PlanProblem[] } {
  const everything = (): boolean => true;
  try {
    return { isSelected: selection?.({ rootConfig }) ?? everything, problems: [] };
  } catch (error) {
    return { isSelected: everything, problems: checkFailed(error) };
  }
}

async function runChecks(
  plan: Plan,
  checkContext: PlanCheckContext,
  { checks, deadlines, timeout }: PrepareContext,
): Promise<PlanProblem[]> {
  const results = await Promise.all(
    checks.map(async (check) => {
      try {
        return await deadlines.run(
          async () => check(plan, checkContext),
          timeout,
          () => deadlineExceeded('A check of the plan', timeout),
        );
      } catch (error) {
        if (error !== undefined && error === deadlines.interruption) throw error;
        return checkFailed(error);
      }
    }),
  );
  // Checks that stand on the same thing find the same when it is broken.
  const distinct = results
    .flat()
    .map((problem) => [JSON.stringify({ ...problem, cause: undefined }), problem] as const);
  return [...new Map(distinct).values()];
}
