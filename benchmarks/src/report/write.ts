import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Results } from '../results.ts';
import { renderChart } from '../svg/chart.ts';
import { insertResults, mergeResults } from './document.ts';

const DOCS = join(import.meta.dirname, '../../../docs');

/** Writes `results.json` and a chart for each suite. */
export async function writeOutput(folder: string, results: Results): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFormatted(join(folder, 'results.json'), JSON.stringify(results));
  for (const { name, question, readings } of results.suites) {
    await writeFile(join(folder, `${name}.svg`), renderChart({ title: question, readings }));
  }
}

/** Writes the results into `docs/performance.md`: those of suites that did not run stay as they are. */
export async function writeDocs(results: Results, order: readonly string[]): Promise<void> {
  const folder = join(DOCS, 'performance');
  const earlier = join(folder, 'results.json');
  const known = existsSync(earlier) ? (JSON.parse(await readFile(earlier, 'utf8')) as Results) : undefined;
  const all = mergeResults(known, results, order);
  await writeOutput(folder, all);
  const document = join(DOCS, 'performance.md');
  await writeFormatted(document, insertResults(await readFile(document, 'utf8'), all));
}

async function writeFormatted(file: string, text: string): Promise<void> {
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
