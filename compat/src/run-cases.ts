import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import type { Case, Outcome, Story } from './case.ts';
import type { Host } from './host.ts';

/** Asks each package for its proof, one after the other. */
export async function runCases(host: Host, cases: readonly Case[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const each of cases) {
    const start = startOf(host, each.feature);
    const since = performance.now();
    const failure = start.failure ?? (await failureOf(() => each.prove(host)));
    outcomes.push({
      name: each.name,
      proof: each.proof,
      version: versionOf(each.name),
      started: start.failure === undefined,
      startTime: start.took,
      proofTime: performance.now() - since,
      failure,
    });
  }
  return outcomes;
}

/** Tells each story, one after the other. */
export async function runStories(host: Host, stories: readonly Story[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { title, tell } of stories) {
    const since = performance.now();
    const failure = await failureOf(() => tell(host));
    outcomes.push({ name: title, proof: '', proofTime: performance.now() - since, failure });
  }
  return outcomes;
}

/** How the start of a plugin, or of a module, is reported. */
function startOf({ report }: Host, feature: string): { readonly took: number; readonly failure?: string } {
  const [pluginId, moduleId] = feature.split('/');
  const step = report.steps.find((each) =>
    moduleId === undefined
      ? each.type === 'plugin' && each.id === pluginId
      : each.type === 'module' && each.pluginId === pluginId && each.id === moduleId,
  );
  if (!step) return { took: 0, failure: `the startup report does not name ${feature}` };
  return { took: step.duration, failure: step.outcome === 'success' ? undefined : `did not start: ${step.reason}` };
}

/** Why an attempt failed; `undefined` if it did not. */
export async function failureOf(attempt: () => Promise<void>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The version of an installed package. */
export function versionOf(name: string): string {
  const manifest = findPackageJSON(name, import.meta.url);
  if (manifest === undefined) throw new Error(`${name} is not installed`);
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
