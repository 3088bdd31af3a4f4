import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { readRow } from '../reading.ts';
import type { Results } from '../results.ts';
import { insertResults, mergeResults } from './document.ts';
import { renderFigure, renderNumber, renderTable } from './table.ts';

const DOCS = join(import.meta.dirname, '../../../docs');

describe('a table', () => {
  it('shows medians, spreads, ratios and goals', () => {
    const row = readRow({
      what: 'requests',
      unit: '/s',
      rounds: { bulkhead: [20_000, 24_000, 26_000], peer: [8_000, 8_000, 8_000] },
      goals: [{ beside: 'peer', atLeast: 2 }],
    });
    expect(renderTable([row]).split('\n')[2]).toBe(
      '| requests | bulkhead 24,000/s (20,000 to 26,000), peer 8,000/s | 3 × peer (2.5 to 3.25) | ≥ 2 × peer: reached |',
    );
  });

  it('keeps three digits that count', () => {
    expect([0.012345, 1.2345, 123.45, 12345.6].map(renderNumber)).toEqual(['0.0123', '1.23', '123', '12,346']);
    expect([renderFigure(5, '/s'), renderFigure(5, 'ms')]).toEqual(['5/s', '5 ms']);
  });
});

describe('results of several runs', () => {
  const machine = { processor: 'p', cores: 2, memory: '4 GiB', system: 'Linux', node: 'v24', load: 'wrk' };
  const suite = (name: string, date: string) => ({ name, date, question: '', command: '', seconds: 1, readings: [] });
  const earlier: Results = { machine, isQuick: false, suites: [suite('a', 'then'), suite('b', 'then')] };

  it('keep what did not run again', () => {
    const later = { ...earlier, suites: [suite('b', 'now'), suite('c', 'now')] };
    const { suites } = mergeResults(earlier, later, ['a', 'c', 'b']);
    expect(suites.map(({ name, date }) => `${name} ${date}`)).toEqual(['a then', 'c now', 'b now']);
  });

  it('are not put together when they are of different machines', () => {
    const later = { machine: { ...machine, cores: 4 }, isQuick: false, suites: [suite('b', 'now')] };
    expect(() => mergeResults(earlier, later, ['a', 'b'])).toThrow(/another machine/);
    expect(mergeResults(earlier, later, ['b']).suites).toHaveLength(1);
  });
});

describe('docs/performance.md', () => {
  it('says what docs/performance/results.json does', async () => {
    const file = join(DOCS, 'performance.md');
    const document = readFileSync(file, 'utf8');
    const results = JSON.parse(readFileSync(join(DOCS, 'performance/results.json'), 'utf8')) as Results;
    const expected = insertResults(document, results);
    expect(document).toBe(await format(expected, { ...(await resolveConfig(file)), filepath: file }));
  });
});
