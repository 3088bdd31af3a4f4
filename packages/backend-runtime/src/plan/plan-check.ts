import type { RootConfigService } from '@bulkhead/backend-plugin-api';
import type { PlanProblem } from '../problems/plan-problem.ts';
import type { Plan } from './plan.ts';

/** What a check may look at besides the plan. */
export interface PlanCheckContext {
  /** The configuration, unless nobody provides it or it could not be had, which is a problem of its own. */
  readonly rootConfig?: RootConfigService;
  /** Whether something was added that could not be had or is there twice, so that nobody can say what is missing. */
  readonly isIncomplete?: boolean;
}

/**
 * A check of the assembly: looks at the plan before anything is started and says what is wrong with it. All checks
 * run, and their problems are reported together with those that the runtime finds itself. One that throws a
 * `ProblemsError` has found what that lists.
 */
export type PlanCheck = (
  plan: Plan,
  context: PlanCheckContext,
) => readonly PlanProblem[] | Promise<readonly PlanProblem[]>;

/**
 * Which plugins a process runs, with their modules. Asked once the configuration has been read, before anything is
 * validated: what is not selected is not validated, and shows among {@link Plan.leftOut}. Services and feature loaders
 * are for every process.
 *
 * One that throws a `ProblemsError` has found what that lists; every plugin counts as selected then.
 */
export type PluginSelection = (context: Pick<PlanCheckContext, 'rootConfig'>) => (pluginId: string) => boolean;
