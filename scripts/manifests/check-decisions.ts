import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../finding.ts';
import type { Workspace } from './workspace.ts';

/** Checks that some decision record says why each third-party dependency of a package is there. */
export function checkDecisions(workspace: Workspace): Finding[] {
  const records = globSync('docs/adr/*.md', { cwd: workspace.root }).map((file) =>
    readFileSync(path.join(workspace.root, file), 'utf8'),
  );
  // A name counts where it stands as one: not as a part of a longer one.
  const words = new Set(records.flatMap((text) => text.split(/[\s`|,;:()]+|\.\s/)));
  const own = new Set(workspace.packages.map(({ manifest }) => manifest.name));
  // Which plugins a host runs is for whoever runs it to decide.
  const packages = workspace.packages.filter(({ manifest }) => manifest.bulkhead?.role !== 'backend');
  return packages.flatMap(({ dir, manifest }) =>
    Object.keys({ ...manifest.optionalDependencies, ...manifest.dependencies })
      .filter((name) => !own.has(name) && !words.has(name))
      .map((name) => ({
        file: `${dir}/package.json`,
        message: `depends on ${name}, which no record in docs/adr explains; add a line to the list of dependencies there`,
      })),
  );
}
