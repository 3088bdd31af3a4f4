import type { JudgedGoal, Reading } from './reading.ts';
import type { Spread } from './statistics.ts';
import type { Unit } from './suite.ts';

const HEADINGS = ['what', 'figures: median (min to max)', 'ratio (min to max)', 'goal'];

/** Readings as a Markdown table. */
export function renderTable(readings: readonly Reading[]): string {
  const table = [HEADINGS, ...readings.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const lines = table.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

function cellsOf({ what, unit, figures, ratios, goals }: Reading): string[] {
  return [
    what,
    Object.entries(figures)
      .map(([name, spread]) => `${name} ${renderFigure(spread.median, unit)}${renderRange(spread)}`)
      .join(', '),
    Object.entries(ratios)
      .map(([name, spread]) => `${renderNumber(spread.median)}${renderRange(spread)} ${name}`)
      .join(', '),
    goals.map(renderGoal).join(', '),
  ];
}

/** `12,345/s`, `0.41 ms`, `90 MiB`. */
export function renderFigure(value: number, unit: Unit): string {
  return unit.startsWith('/') || unit === '×' ? `${renderNumber(value)}${unit}` : `${renderNumber(value)} ${unit}`;
}

/** Three digits that count, more only in front of the decimal point. */
export function renderNumber(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: Math.max(3, Math.floor(value).toString().length) });
}

/** `≥ 6 × backstage: reached`. */
export function renderGoal({ beside, atLeast, atMost, isReached }: JudgedGoal): string {
  const bound = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
  return `${bound}${beside === undefined ? '' : ` × ${beside}`}: ${isReached ? 'reached' : 'missed'}`;
}

function renderRange({ min, max }: Spread): string {
  return min === max ? '' : ` (${renderNumber(min)} to ${renderNumber(max)})`;
}
