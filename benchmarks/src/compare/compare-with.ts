import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBench, PRESENT_TREE } from '../bench.ts';
import type { CommandLine } from '../command-line.ts';
import { renderCells, renderFigure, renderNumber, renderRange } from '../report/table.ts';
import { UNITS, type Suite } from '../suite.ts';
import { takeTurns } from './take-turns.ts';
import { compareRows, type Comparison } from './verdict.ts';
import { createWorktree } from './worktree.ts';

/** Enough for a verdict. */
const LEAST_ROUNDS = 8;

/** The code with which the process ends when something became worse. */
const WORSE = 3;

/**
 * Runs suites on this tree and on another state of the repository, measurement by measurement in turn, and prints what
 * became of each figure. Gives the code with which the process ends.
 */
export async function compareWith(ref: string, suites: readonly Suite[], options: CommandLine): Promise<number> {
  using worktree = await createWorktree(ref);
  const comparisons: Record<string, readonly Comparison[]> = {};
  for (const suite of suites) {
    console.error(`${suite.name}: ${suite.question}`);
    try {
      const compared = await compareSuite(suite, worktree.folder, options.isQuick);
      comparisons[suite.name] = compared;
      if (!options.isJson) console.log(`\n${renderComparisons(compared, worktree.commit)}\n`);
    } catch (error) {
      console.error(`${suite.name} failed:`, error);
    }
  }
  const json = JSON.stringify({ commit: worktree.commit, comparisons }, null, 2);
  if (options.isJson) console.log(json);
  if (options.output !== undefined) {
    await mkdir(options.output, { recursive: true });
    await writeFile(join(options.output, 'comparison.json'), json);
  }
  const all = Object.values(comparisons).flat();
  const count = (verdict: Comparison['verdict']): number => all.filter((row) => row.verdict === verdict).length;
  console.error(
    `Since ${worktree.commit}: ${count('worse')} worse, ${count('better')} better, ${all.length} compared.`,
  );
  if (count('worse') > 0) return WORSE;
  return Object.keys(comparisons).length === suites.length ? 0 : 1;
}

async function compareSuite(suite: Suite, otherTree: string, isQuick: boolean): Promise<readonly Comparison[]> {
  const peers = suite.peers ?? [];
  const runs = [PRESENT_TREE, otherTree].map((tree) => (beforeEach: () => Promise<void>) => {
    const roundsOf = (usual: number): number => Math.max(usual, LEAST_ROUNDS);
    return suite.run(createBench({ isQuick, tree, absent: peers, roundsOf, beforeEach }));
  });
  const [now = [], before = []] = await takeTurns(runs);
  return compareRows(now, before, peers);
}

function renderComparisons(comparisons: readonly Comparison[], commit: string): string {
  return renderCells([
    ['what', 'of', commit, 'now', 'times as good', 'verdict'],
    ...comparisons.map(({ what, contestant, unit, before, now, ratio, verdict }) => [
      what,
      contestant,
      renderFigure(before, unit),
      renderFigure(now, unit),
      `${renderNumber(ratio.median)}${renderRange(ratio)}`,
      wordFor(verdict, unit),
    ]),
  ]);
}

/** Amounts are not fast or slow. */
function wordFor(verdict: Comparison['verdict'], unit: Comparison['unit']): string {
  const isAmount = UNITS[unit] === 'amount';
  if (verdict === 'worse') return isAmount ? 'MORE' : 'SLOWER';
  if (verdict === 'better') return isAmount ? 'less' : 'faster';
  return verdict === 'no difference' ? 'no difference within the spread' : verdict;
}
