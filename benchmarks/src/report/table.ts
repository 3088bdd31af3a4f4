import type { JudgedGoal, Reading } from '../reading.ts';
import type { Spread } from '../statistics.ts';
import type { Goal, Unit } from '../suite.ts';

const HEADINGS = ['what', 'figures', 'ratio', 'goal'];

/** Readings as a Markdown table: medians, and behind them from which to which figure the rounds went. */
export function renderTable(readings: readonly Reading[]): string {
  return renderCells([HEADINGS, ...readings.map(cellsOf)]);
}

/** Lines of cells as a Markdown table; the first line is its heading. */
export function renderCells(lines: readonly (readonly string[])[]): string {
  const [heading = []] = lines;
  const widths = heading.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const render = (line: readonly string[]): string =>
    `| ${widths.map((width, column) => (line[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [render(heading), rule, ...lines.slice(1).map(render)].join('\n');
}

function cellsOf({ what, unit, figures, ratios, goals }: Reading): string[] {
  return [
    what,
    Object.entries(figures)
      .map(([name, spread]) => `${name} ${renderFigure(spread.median, unit)}${renderRange(spread)}`)
      .join(', '),
    Object.entries(ratios)
      .map(([name, spread]) => `${renderNumber(spread.median)} × ${name}${renderRange(spread)}`)
      .join(', '),
    goals.map((goal) => renderGoal(goal, unit)).join(', '),
  ];
}

/** `12,345/s`, `0.41 ms`, `1.5 ×`. */
export function renderFigure(value: number, unit: Unit): string {
  return unit === '/s' ? `${renderNumber(value)}/s` : `${renderNumber(value)} ${unit}`;
}

/** Three digits that count, and all of them in front of the decimal point. */
export function renderNumber(value: number): string {
  const digits = Math.trunc(Math.abs(value)).toString().length;
  return value.toLocaleString('en', { maximumSignificantDigits: Math.min(21, Math.max(3, digits)) });
}

/** `≥ 6 × backstage: reached`, `≤ 0.3 ms: missed`. */
export function renderGoal(goal: JudgedGoal, unit: Unit): string {
  const beside = goal.beside === undefined ? '' : ` ${goal.beside}`;
  return `${renderBounds(goal, unit)}${beside}: ${goal.isReached ? 'reached' : 'missed'}`;
}

/** `≥ 6 ×`, `≤ 0.3 ms`. */
export function renderBounds({ beside, atLeast, atMost }: Goal, unit: Unit): string {
  const render = (bound: number): string => renderFigure(bound, beside === undefined ? unit : '×');
  const bounds = [
    ...(atLeast === undefined ? [] : [`≥ ${render(atLeast)}`]),
    ...(atMost === undefined ? [] : [`≤ ${render(atMost)}`]),
  ];
  return bounds.join(' and ');
}

/** ` (1.9 to 2.1)`, and nothing where all rounds were the same. */
export function renderRange({ min, max }: Spread): string {
  return min === max ? '' : ` (${renderNumber(min)} to ${renderNumber(max)})`;
}
