import { relative } from 'node:path';
import { loadHostConfig, loadHostSchema, type ConfigOptions } from '../host/load-host-config.ts';
import { readLoadedTopology, withoutRepetitions } from '../topology/load-host-topology.ts';
import { writeProblems, writeWarnings } from '../output.ts';

/** Lists everything that is wrong with the configuration. */
export async function configCheck(options: ConfigOptions): Promise<void> {
  const loaded = await loadHostConfig(loadHostSchema(), options);
  const { files, warnings } = loaded;
  const problems = withoutRepetitions([...loaded.problems, ...readLoadedTopology(loaded).problems]);
  writeWarnings(warnings);
  writeProblems(problems);
  if (problems.length > 0) return;
  const names = files.map((file) => relative(process.cwd(), file)).join(', ');
  process.stdout.write(`The configuration is in order${names && `: ${names}`}\n`);
}
