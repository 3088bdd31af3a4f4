import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readRow } from '../reading.ts';
import type { Row } from '../suite.ts';
import { renderChart } from './chart.ts';
import { element } from './element.ts';
import { renderFlameGraph } from './flame-graph.ts';

/** Throws unless each element that begins ends, and nothing is left bare that XML wants escaped. */
function checkMarkup(markup: string): void {
  const open: string[] = [];
  const rest = markup.replace(/<!\[CDATA\[[^]*?\]\]>/g, '').replace(/<(\/?)(\w+)([^<>]*?)(\/?)>/g, (...found) => {
    const [, closes, name, attributes, isEmpty] = found as [string, string, string, string, string];
    if (!/^( [\w:-]+="[^"<]*")*$/.test(attributes)) throw new Error(`These are no attributes: ${attributes}`);
    if (closes && open.pop() !== name) throw new Error(`${name} ends before what is within`);
    if (!closes && !isEmpty) open.push(name);
    return '';
  });
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot);)/);
}

const rows: readonly Row[] = [
  {
    what: 'requests',
    unit: '/s',
    rounds: { bulkhead: [20, 25, 30], 'a & b': [10, 10, 10] },
    goals: [{ beside: 'a & b', atLeast: 3 }],
  },
  { what: 'ready', unit: 'ms', rounds: { bulkhead: [50] }, goals: [{ atMost: 60 }] },
  { what: 'aside', unit: 'ms', rounds: { bulkhead: [50] }, isDetail: true },
];
const chart = renderChart({ title: 'How fast is it?', readings: rows.map(readRow) });

describe('element', () => {
  it('escapes whatever text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (attribute, text) => {
        checkMarkup(element('text', { id: attribute }, text).text);
      }),
    );
  });

  it('leaves out what is undefined, and rounds what is drawn', () => {
    expect(element('rect', { x: 1 / 3, y: undefined }).text).toBe('<rect x="0.3"/>');
  });
});

describe('a chart', () => {
  it('is well-formed, and the same each time', () => {
    checkMarkup(chart);
    expect(renderChart({ title: 'How fast is it?', readings: rows.map(readRow) })).toBe(chart);
  });

  it('tells in words what it shows', () => {
    expect(chart).toContain('role="img" aria-labelledby="title description"');
    expect(chart).toContain('<title id="title">How fast is it?</title>');
    expect(chart).toContain('requests: bulkhead 25/s (20/s to 30/s), a &amp; b 10/s; goal ≥ 3 × a &amp; b: missed.');
  });

  it('shows the ratio, its spread and whether the goal is reached', () => {
    expect(chart).toContain('bulkhead: 2.5 × (2 to 3)<tspan class="missed" dx="8">✗ ≥ 3 ×</tspan>');
    expect(chart).toContain('<tspan class="reached">✓ ≤ 60 ms</tspan>');
  });

  it('leaves details to the table', () => {
    expect(chart).not.toContain('aside');
  });

  it('has colours for dark screens', () => {
    expect(chart).toContain('@media (prefers-color-scheme: dark)');
  });
});

describe('a flame graph', () => {
  it('names each function with its file and times', () => {
    const callee = {
      name: 'parse <T>',
      place: '/host/packages/config/dist/index.js:7',
      self: 25,
      total: 25,
      callees: [],
    };
    const root = { name: '(root)', place: '', self: 75, total: 100, callees: [callee] };
    const graph = renderFlameGraph('a host', root);
    checkMarkup(graph);
    expect(graph).toContain(
      '<title>parse &lt;T&gt;\n/host/packages/config/dist/index.js:7\n25.0 ms, 25.0 %, itself 25.0 ms, 25.0 %</title>',
    );
    expect(graph).toContain('class="bulkhead"');
  });
});
