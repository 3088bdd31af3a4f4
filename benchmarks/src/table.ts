import type { Spread } from './statistics.ts';
import type { Row } from './suite.ts';

/** The rows as a Markdown table. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    Object.entries(row.figures)
      .map(([name, figure]) => `${name} ${figure}`)
      .join(', '),
    row.ratio ? renderSpread(row.ratio) : '',
    row.goal ?? '',
  ]);
  const table = [['what', 'figures', 'ratio (min to max)', 'goal'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const lines = table.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

function renderSpread({ min, median, max }: Spread): string {
  return `${median.toPrecision(3)} (${min.toPrecision(3)} to ${max.toPrecision(3)})`;
}
