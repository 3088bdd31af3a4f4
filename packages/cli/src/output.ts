import { formatProblem, type Problem } from '@bulkhead/errors';

/** Lists what is wrong on stderr. The command has failed then. */
export function writeProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  writeList(count(problems, 'problem'), problems);
  process.exitCode = 1;
}

/** Lists what it is wise to look at on stderr. */
export function writeWarnings(warnings: readonly Problem[]): void {
  if (warnings.length > 0) writeList(count(warnings, 'warning'), warnings);
}

function writeList(title: string, problems: readonly Problem[]): void {
  process.stderr.write(`${title}\n${problems.map((problem) => `${formatProblem(problem)}\n`).join('')}`);
}

function count({ length }: readonly Problem[], noun: string): string {
  return `${length} ${noun}${length === 1 ? '' : 's'}:`;
}
