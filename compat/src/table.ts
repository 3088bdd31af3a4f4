import type { Omission, Outcome } from './case.ts';

const MAX_FAILURE = 600;

/** The outcomes of packages as a table for a terminal, failures below their row. */
export function renderCases(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => [
    outcome.name,
    outcome.version ?? '',
    outcome.started ? 'yes' : 'no',
    `${outcome.failure === undefined ? '✓' : '✗'} ${outcome.proof}`,
    milliseconds((outcome.startTime ?? 0) + outcome.proofTime),
  ]);
  const table = [['package', 'version', 'started', 'proof', 'time'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return lines.flatMap((line, index) => [line.trimEnd(), ...failureLines(outcomes[index - 1])]).join('\n');
}

/** The outcomes of stories as a list. */
export function renderStories(outcomes: readonly Outcome[]): string {
  return outcomes
    .flatMap((outcome) => [
      `${outcome.failure === undefined ? '✓' : '✗'} ${outcome.name}  ${milliseconds(outcome.proofTime)}`,
      ...failureLines(outcome),
    ])
    .join('\n');
}

/** The packages that do not run, and why, as a list. */
export function renderOmissions(omissions: readonly Omission[]): string {
  return ['In no host:', ...omissions.map(({ name, reason }) => `- ${name}: ${reason}`)].join('\n');
}

function failureLines(outcome: Outcome | undefined): readonly string[] {
  if (outcome?.failure === undefined) return [];
  return outcome.failure
    .slice(0, MAX_FAILURE)
    .split('\n')
    .map((line) => `      ${line}`);
}

function milliseconds(duration: number): string {
  return `${Math.round(duration)} ms`;
}
