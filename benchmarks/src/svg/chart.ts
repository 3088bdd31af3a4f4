import type { JudgedGoal, Reading } from '../reading.ts';
import type { Spread } from '../statistics.ts';
import { UNITS } from '../suite.ts';
import { renderBounds, renderFigure, renderGoal, renderNumber, renderRange } from '../report/table.ts';
import { element, renderPicture, type Markup } from './element.ts';

const WIDTH = 960;
const MARGIN = 20;
/** Where bars begin, and how long the longest is. */
const BARS = { x: 190, width: 360 };
const BAR = { height: 14, step: 24 };
const HEADING = 44;
const PANEL = { heading: 24, gap: 18 };

const STYLE = `
text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #24292f; }
.title { font-size: 16px; font-weight: 600; }
.what { font-weight: 600; }
.quiet { fill: #57606a; font-size: 12px; }
.figure { stroke: #ffffff; stroke-width: 4; paint-order: stroke; }
.card { fill: #ffffff; stroke: #d0d7de; }
.first { fill: #1a6fd4; }
.other { fill: #a5afba; }
.spread { stroke: #24292f; stroke-width: 1.5; fill: none; }
.goal { stroke: #b35900; stroke-width: 1.5; }
.end { text-anchor: end; }
.reached { fill: #1a7f37; font-size: 12px; }
.missed { fill: #b42318; font-size: 12px; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .quiet { fill: #9da7b3; }
  .figure { stroke: #0d1117; }
  .card { fill: #0d1117; stroke: #30363d; }
  .first { fill: #4c9bf5; }
  .other { fill: #57606a; }
  .spread { stroke: #e6edf3; }
  .goal { stroke: #f0a04b; }
  .reached { fill: #56d364; }
  .missed { fill: #ff8b80; }
}
`;

/** What a chart shows. */
export interface Chart {
  readonly title: string;
  readonly readings: readonly Reading[];
}

/** A bar for each contestant with its spread, for each reading; the same readings always make the same file. */
export function renderChart({ title, readings }: Chart): string {
  const shown = readings.filter(({ isDetail }) => !isDetail);
  const content: Markup[] = [];
  let y = HEADING;
  for (const reading of shown) {
    content.push(...panel(reading, y));
    y += PANEL.heading + Object.keys(reading.figures).length * BAR.step + PANEL.gap;
  }
  return renderPicture({
    width: WIDTH,
    height: y,
    title,
    description: shown.map(describeReading).join(' '),
    style: STYLE,
    content: [
      element('rect', { class: 'card', x: 0.5, y: 0.5, width: WIDTH - 1, height: y - 1, rx: 8 }),
      element('text', { class: 'title', x: MARGIN, y: 28 }, title),
      ...content,
    ],
  });
}

function panel(reading: Reading, top: number): Markup[] {
  const { what, unit, figures, goals } = reading;
  const marks = goals.flatMap((goal) => markOf(goal, reading));
  const longest = Math.max(...Object.values(figures).map(({ max }) => max), ...marks);
  const x = (value: number): number => BARS.x + (Math.max(0, value) / longest) * BARS.width;
  const bars = top + PANEL.heading;
  const places = Object.keys(figures).map((name, index) => [name, { x, y: bars + index * BAR.step }] as const);
  return [
    element(
      'text',
      { x: MARGIN, y: top + 12 },
      element('tspan', { class: 'what' }, what),
      element('tspan', { class: 'quiet', dx: 8 }, UNITS[unit] === 'rate' ? 'more is better' : 'less is better'),
    ),
    ...places.flatMap(([name, place]) => bar(name, reading, place)),
    ...marks.map((mark) =>
      element('line', { class: 'goal', x1: x(mark), x2: x(mark), y1: bars - 4, y2: bars + BAR.height + 4 }),
    ),
    ...places.flatMap(([name, place]) => labels(name, reading, place)),
  ];
}

/** Where a bar is, and how figures become places. */
interface Place {
  readonly x: (value: number) => number;
  readonly y: number;
}

function bar(name: string, reading: Reading, { x, y }: Place): Markup[] {
  const figure = reading.figures[name]!;
  const { min, median, max } = figure;
  const middle = y + BAR.height / 2;
  const [from, to] = [tenth(x(min)), tenth(x(max))];
  const width = Math.max(1, x(median) - BARS.x);
  const className = isFirst(name, reading) ? 'first' : 'other';
  const whisker = `M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8`;
  return [
    element(
      'rect',
      { class: className, x: BARS.x, y, width, height: BAR.height, rx: 2 },
      element('title', {}, `${name}: ${describeFigure(figure, reading)}`),
    ),
    ...(min === max ? [] : [element('path', { class: 'spread', d: whisker })]),
  ];
}

function labels(name: string, reading: Reading, { x, y }: Place): Markup[] {
  const { median, max } = reading.figures[name]!;
  const baseline = y + BAR.height / 2 + 4.5;
  return [
    element('text', { class: 'end', x: BARS.x - 8, y: baseline }, name),
    element('text', { class: 'figure', x: x(max) + 8, y: baseline }, renderFigure(median, reading.unit)),
    element('text', { class: 'quiet end', x: WIDTH - MARGIN, y: baseline }, ...judgement(name, reading)),
  ];
}

/** How the first contestant stands beside this one, and which goals are about that. */
function judgement(name: string, reading: Reading): (Markup | string)[] {
  const { unit, figures, ratios, goals } = reading;
  const ratio = ratios[name];
  const first = Object.keys(figures)[0];
  return [
    ratio ? `${first}: ${renderNumber(ratio.median)} ×${renderRange(ratio)}` : '',
    ...goals
      .filter(({ beside }) => (beside === undefined ? isFirst(name, reading) : beside === name))
      .map((goal) =>
        element(
          'tspan',
          { class: goal.isReached ? 'reached' : 'missed', dx: ratio && 8 },
          `${goal.isReached ? '✓' : '✗'} ${renderBounds(goal, unit)}`,
        ),
      ),
  ];
}

function isFirst(name: string, { figures }: Reading): boolean {
  return name === Object.keys(figures)[0];
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Where the first contestant has to end for a goal. */
function markOf({ beside, atLeast, atMost }: JudgedGoal, { unit, figures }: Reading): number[] {
  const bound = atLeast ?? atMost;
  if (bound === undefined) return [];
  if (beside === undefined) return [bound];
  const other = figures[beside]?.median ?? Number.NaN;
  return [UNITS[unit] === 'time' ? other / bound : other * bound];
}

function describeReading(reading: Reading): string {
  const figures = Object.entries(reading.figures).map(([name, figure]) => `${name} ${describeFigure(figure, reading)}`);
  const goals = reading.goals.map((goal) => `; goal ${renderGoal(goal, reading.unit)}`);
  return `${reading.what}: ${figures.join(', ')}${goals.join('')}.`;
}

function describeFigure({ min, median, max }: Spread, { unit }: Reading): string {
  const range = min === max ? '' : ` (${renderFigure(min, unit)} to ${renderFigure(max, unit)})`;
  return `${renderFigure(median, unit)}${range}`;
}
