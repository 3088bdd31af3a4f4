/** Measures Bulkhead beside others: `npm run bench -- --help` says how. */
import { createBench, type BenchOptions } from './src/bench.ts';
import { readCommandLine, USAGE, UsageError, type CommandLine } from './src/command-line.ts';
import { compareWith } from './src/compare/compare-with.ts';
import { describeMachine, findDisturbances } from './src/environment.ts';
import { ensureInstalled } from './src/install.ts';
import { startProfiling } from './src/profile/profiling.ts';
import { renderTable } from './src/report/table.ts';
import { writeDocs, writeOutput } from './src/report/write.ts';
import { runSuite, type Results, type SuiteResult } from './src/results.ts';
import type { Suite } from './src/suite.ts';
import { SUITES } from './suites/index.ts';

const NAMES = SUITES.map(({ name }) => name);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('--list')) {
    console.log(args.includes('--list') ? NAMES.join('\n') : USAGE);
    return 0;
  }
  const commandLine = readCommandLine(args, NAMES);
  const suites = SUITES.filter(({ name }) => commandLine.suites.length === 0 || commandLine.suites.includes(name));
  for (const disturbance of findDisturbances()) console.error(`Figures may mean little. ${disturbance}`);
  ensureInstalled('.');
  for (const folder of new Set(suites.flatMap(({ installs = [] }) => installs))) ensureInstalled(`hosts/${folder}`);
  if (commandLine.compare !== undefined) return compareWith(commandLine.compare, suites, commandLine);
  await measure(suites, commandLine);
  return 0;
}

async function measure(suites: readonly Suite[], commandLine: CommandLine): Promise<void> {
  const { isQuick, isJson, output, writesDocs, profiles, command } = commandLine;
  const measured: SuiteResult[] = [];
  for (const suite of suites) {
    console.error(`${suite.name}: ${suite.question}`);
    const profiling = profiles ? await startProfiling(suite.name) : undefined;
    const options: BenchOptions = { isQuick, ...profiling?.benchOptions };
    const result = await runSuite(suite, createBench(options), command);
    for (const file of (await profiling?.writeFlameGraphs()) ?? []) console.error(`Wrote ${file}`);
    measured.push(result);
    if (!isJson) console.log(`\n${renderTable(result.readings)}\n`);
  }
  const results: Results = { machine: describeMachine(), isQuick, suites: measured };
  if (isJson) console.log(JSON.stringify(results, null, 2));
  if (output !== undefined) await writeOutput(output, results);
  if (writesDocs) await writeDocs(results, NAMES);
}
