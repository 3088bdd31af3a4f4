/** Measures Bulkhead beside others: `npm run bench -- --help` says how. */
import { createBench } from './src/bench.ts';
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
  const peers = suites.flatMap(({ installs = [] }) => installs.map((folder) => `hosts/${folder}`));
  await ensureInstalled(['.', ...peers]);
  if (commandLine.compare !== undefined) return compareWith(commandLine.compare, suites, commandLine);
  return measure(suites, commandLine);
}

/** Runs the suites, and goes on behind one that fails. Gives the code with which the process ends. */
async function measure(suites: readonly Suite[], commandLine: CommandLine): Promise<number> {
  const { isJson, output, writesDocs } = commandLine;
  const measured: SuiteResult[] = [];
  for (const suite of suites) {
    console.error(`${suite.name}: ${suite.question}`);
    try {
      const result = await measureSuite(suite, commandLine);
      measured.push(result);
      console.error(`${suite.name}: measured in ${result.seconds} s`);
      if (!isJson) console.log(`\n${renderTable(result.readings)}\n`);
    } catch (error) {
      console.error(`${suite.name} failed:`, error);
    }
  }
  const results: Results = { machine: describeMachine(), isQuick: commandLine.isQuick, suites: measured };
  if (isJson) console.log(JSON.stringify(results, null, 2));
  if (output !== undefined) await writeOutput(output, results);
  if (writesDocs) await writeDocs(results, NAMES);
  return measured.length === suites.length ? 0 : 1;
}

async function measureSuite(suite: Suite, { isQuick, profiles }: CommandLine): Promise<SuiteResult> {
  const profiling = profiles ? await startProfiling(suite.name) : undefined;
  const result = await runSuite(suite, createBench({ isQuick, ...profiling?.benchOptions }));
  for (const file of (await profiling?.writeFlameGraphs()) ?? []) console.error(`Wrote ${file}`);
  return result;
}
