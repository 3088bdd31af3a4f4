import { type Machine } from './environment.ts';
import { readRow, type Reading } from './reading.ts';
import type { Bench, Suite } from './suite.ts';

/** What a suite has measured. */
export interface SuiteResult {
  readonly name: string;
  readonly question: string;
  /** The day, as in `2026-01-31`. */
  readonly date: string;
  /** What to type for the same. */
  readonly command: string;
  readonly seconds: number;
  readonly readings: readonly Reading[];
}

/** What a run has measured: the form of `--json` and of `results.json`. */
export interface Results {
  readonly machine: Machine;
  readonly isQuick: boolean;
  readonly suites: readonly SuiteResult[];
}

/** Runs a suite. */
export async function runSuite(suite: Suite, bench: Bench): Promise<SuiteResult> {
  const startedAt = performance.now();
  const rows = await suite.run(bench);
  return {
    name: suite.name,
    question: suite.question,
    date: new Date().toISOString().slice(0, 10),
    command: `npm run bench -- ${suite.name}`,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    readings: rows.map(readRow),
  };
}
