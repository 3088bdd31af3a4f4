import type { Outcome } from '../src/case.ts';
import { failureOf } from '../src/run-cases.ts';
import { Deployment, type Placement } from './deployment.ts';
import { wireStories } from './wire.ts';

/** Each plugin that there is once runs in either host. */
const PLACEMENTS: readonly Placement[] = [
  { auth: 'bulkhead', permission: 'backstage', events: 'backstage' },
  { auth: 'backstage', permission: 'bulkhead', events: 'bulkhead' },
];

/** Runs a Backstage host beside ours, and tells what holds between them. */
export async function runInterop(options: {
  readonly verbose: boolean;
  readonly parts: readonly string[];
}): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const stories = wireStories.filter(({ title }) => options.parts.every((part) => title.includes(part)));
  if (stories.length === 0) return [];
  for (const placement of PLACEMENTS) {
    await using deployment = await Deployment.start(placement, options);
    const where = Object.entries(placement).map(([plugin, side]) => `${plugin} in ${side}`);
    for (const { title, tell } of stories) {
      const since = performance.now();
      const failure = await failureOf(() => tell(deployment));
      const name = `${title}; ${where.join(', ')}`;
      outcomes.push({ name, proof: '', proofTime: performance.now() - since, failure });
    }
  }
  return outcomes;
}
