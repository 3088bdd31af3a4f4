/**
 * Derives the TypeScript projects from the manifests, and checks the manifests.
 *
 * `node scripts/sync-manifests.ts` writes the projects; with `--check` it writes nothing and names every file that
 * departs from what it would write.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { report, type Finding } from './finding.ts';
import { checkDecisions } from './manifests/check-decisions.ts';
import { checkDependencies } from './manifests/check-dependencies.ts';
import { checkLockFile } from './manifests/check-lock-file.ts';
import { checkPackage } from './manifests/check-package.ts';
import { deriveTsconfigs, type GeneratedFiles } from './manifests/tsconfigs.ts';
import { readWorkspace } from './manifests/workspace.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
const root = path.resolve(import.meta.dirname, '..');
const workspace = readWorkspace(root);
const projects = await deriveTsconfigs(workspace);

process.exitCode = report('Manifests and references', [
  ...(values.check ? staleFiles(projects) : writeFiles(projects)),
  ...workspace.packages.flatMap((entry) => checkPackage(workspace, entry)),
  ...checkDependencies(workspace),
  ...checkDecisions(workspace),
  ...checkLockFile(root),
]);

function staleFiles(files: GeneratedFiles): Finding[] {
  return [...files]
    .filter(([file, content]) => readIfThere(file) !== content)
    .map(([file]) => ({ file, message: 'is not what the dependencies say; run npm run sync' }));
}

function writeFiles(files: GeneratedFiles): Finding[] {
  for (const { file } of staleFiles(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), files.get(file) ?? '');
    console.log(`wrote ${file}`);
  }
  return [];
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}
