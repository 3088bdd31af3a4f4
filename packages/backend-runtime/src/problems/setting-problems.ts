import { isErrorLike, ProblemsError } from '@bulkhead/errors';
import { hintOf, messageOf, type PlanProblem } from './plan-problem.ts';

/** A key of `backend.startup` or `backend.lifecycle` that cannot be used. The error of the configuration says why. */
export function invalidSetting(path: string, cause: unknown): PlanProblem {
  const code = isErrorLike(cause) && typeof cause.code === 'string' ? cause.code : 'ERR_RUNTIME_INVALID_SETTING';
  return { code, message: messageOf(cause), hint: hintOf(cause), path: path.split('.'), cause };
}

/** A check of the assembly that threw: what the error lists, or itself. */
export function checkFailed(cause: unknown): readonly PlanProblem[] {
  if (cause instanceof ProblemsError) return cause.problems;
  return [{ code: 'ERR_RUNTIME_CHECK_FAILED', message: `A check of the plan failed: ${messageOf(cause)}`, cause }];
}
