import type { Machine } from '../environment.ts';
import type { Results, SuiteResult } from '../results.ts';
import { renderBounds, renderCells, renderFigure, renderNumber, renderTable } from './table.ts';

const BEGIN = '<!-- results: written by npm run bench -- --write-docs -->';
const END = '<!-- end of results -->';

/** A document in which the part between the markers says what was measured. */
export function insertResults(document: string, results: Results): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`The document has no "${BEGIN}" with "${END}" behind it.`);
  return [document.slice(0, begin + BEGIN.length), renderResults(results), document.slice(end)].join('\n\n');
}

/** The results of an earlier run with those of a later one in their place. */
export function mergeResults(earlier: Results | undefined, later: Results, order: readonly string[]): Results {
  if (!earlier) return later;
  const suites = order.flatMap((name) => {
    const of = ({ suites: all }: Results): SuiteResult | undefined => all.find((suite) => suite.name === name);
    return of(later) ?? of(earlier) ?? [];
  });
  const isSame = JSON.stringify(earlier.machine) === JSON.stringify(later.machine);
  if (!isSame && suites.some((suite) => !later.suites.includes(suite))) {
    throw new Error('The figures written down are of another machine: run all suites, or none are comparable.');
  }
  return { ...later, suites };
}

function renderResults({ machine, suites }: Results): string {
  return ['## Machine', renderMachine(machine), '## Goals', renderGoals(suites), ...suites.map(renderSuite)].join(
    '\n\n',
  );
}

function renderMachine({ processor, cores, memory, system, node, load }: Machine): string {
  return renderCells([
    ['processor', 'cores', 'memory', 'system', 'Node.js', 'load by'],
    [processor, String(cores), memory, system, node, load],
  ]);
}

/** What is to be reached, over all suites, and what came of it. */
function renderGoals(suites: readonly SuiteResult[]): string {
  const lines = suites.flatMap(({ name, readings }) =>
    readings.flatMap(({ what, unit, figures, ratios, goals }) =>
      goals.map((goal) => {
        const [first = ''] = Object.keys(figures);
        const measured =
          goal.beside === undefined
            ? renderFigure(figures[first]!.median, unit)
            : `${renderNumber(ratios[goal.beside]!.median)} × ${goal.beside}`;
        return [`[${name}](#${name})`, what, renderBounds(goal, unit), measured, goal.isReached ? 'yes' : '**no**'];
      }),
    ),
  );
  return renderCells([['suite', 'what', 'goal', 'measured', 'reached'], ...lines]);
}

function renderSuite({ name, question, date, command, readings }: SuiteResult): string {
  return [
    `## ${name}`,
    `${question} Measured on ${date} by \`${command}\`.`,
    `![Chart: ${question}](performance/${name}.svg)`,
    '<details>\n<summary>All figures</summary>',
    renderTable(readings),
    '</details>',
  ].join('\n\n');
}
