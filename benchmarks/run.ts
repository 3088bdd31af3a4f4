/**
 * Runs the suites and prints their tables: `npm run bench`, `npm run bench -- hundred-plugins`, `npm run bench -- --quick`,
 * `npm run bench -- --json`.
 */
import { parseArgs } from 'node:util';
import { ensureInstalled } from './src/install.ts';
import { createBench } from './src/bench.ts';
import { readRow, type Reading } from './src/reading.ts';
import { renderTable } from './src/table.ts';
import { SUITES } from './suites/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});

const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(
    `No suite is called ${unknown.join(', ')}. There are: ${SUITES.map((suite) => suite.name).join(', ')}.`,
  );
  process.exit(2);
}

ensureInstalled('.');

const bench = createBench({ isQuick: values.quick });
const results: Record<string, readonly Reading[]> = {};
for (const suite of SUITES) {
  if (positionals.length > 0 && !positionals.includes(suite.name)) continue;
  console.error(`${suite.name}: ${suite.question}`);
  for (const folder of suite.installs ?? []) ensureInstalled(`hosts/${folder}`);
  results[suite.name] = (await suite.run(bench)).map(readRow);
  if (!values.json) console.log(`\n${renderTable(results[suite.name] ?? [])}\n`);
}
if (values.json)
  console.log(JSON.stringify({ node: process.version, date: new Date().toISOString(), results }, null, 2));
