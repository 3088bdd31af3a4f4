import { ratiosOf, spreadOf, type Spread } from './statistics.ts';
import { UNITS, type Goal, type Row, type Unit } from './suite.ts';

/** A goal, and what came of it. */
export interface JudgedGoal extends Goal {
  readonly isReached: boolean;
}

/** What a row says: what tables, charts and JSON are made of. */
export interface Reading {
  readonly what: string;
  readonly unit: Unit;
  /** How many rounds counted. */
  readonly rounds: number;
  readonly figures: Readonly<Record<string, Spread>>;
  /** The first contestant beside each of the others: how many times as fast, or for amounts how much of the other's. */
  readonly ratios: Readonly<Record<string, Spread>>;
  readonly goals: readonly JudgedGoal[];
  readonly isDetail: boolean;
}

/** Reads a row: medians, spreads, ratios round by round, and whether goals are reached. */
export function readRow({ what, unit, rounds, goals = [], isDetail = false }: Row): Reading {
  const measured = Object.entries(rounds).filter(([, values]) => values.length > 0);
  const [first, ...others] = measured;
  const [name = '', values = []] = first ?? [];
  const figures = Object.fromEntries(measured.map(([of, series]) => [of, rounded(spreadOf(series))]));
  const ratios = Object.fromEntries(
    others.map(([of, series]) => [of, rounded(spreadOf(ratiosBeside(unit, values, series)))]),
  );
  return {
    what,
    unit,
    rounds: values.length,
    figures,
    ratios,
    // Not every peer is there in every run: nginx may not be installed.
    goals: goals.flatMap((goal) => {
      const { median } = (goal.beside === undefined ? figures[name] : ratios[goal.beside]) ?? {};
      return median === undefined ? [] : [{ ...goal, isReached: isReached(goal, median) }];
    }),
    isDetail,
  };
}

/** How figures stand beside others, round by round: times as fast for rates and times, a share for amounts. */
export function ratiosBeside(unit: Unit, figures: readonly number[], others: readonly number[]): number[] {
  return UNITS[unit] === 'time' ? ratiosOf(others, figures) : ratiosOf(figures, others);
}

function isReached({ atLeast = -Infinity, atMost = Infinity }: Goal, value: number): boolean {
  return value >= atLeast && value <= atMost;
}

/** Five digits that count: more than any measurement has. */
function rounded({ min, median, max }: Spread): Spread {
  const round = (value: number): number => Number(value.toPrecision(5));
  return { min: round(min), median: round(median), max: round(max) };
}
