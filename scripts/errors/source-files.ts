import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readWorkspace } from '../manifests/workspace.ts';

/** A TypeScript file of a package. */
export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly file: string;
  /** Folder name of its package, which is the name of its section in `docs/errors.md`. */
  readonly section: string;
  /** Whether it is run by tests: by its name, by its folder, or because it imports Jest, as contract suites do. */
  readonly test: boolean;
  /** Whether its package is in the layer `testing`, whose mocks throw what the real thing throws. */
  readonly standIn: boolean;
  readonly text: string;
}

/** Reads the sources and tests of every package, but for what is generated. */
export function readSourceFiles(root: string): SourceFile[] {
  const kits = readWorkspace(root).packages.filter(({ manifest }) => manifest.bulkhead?.layer === 'testing');
  const standIns = new Set(kits.map(({ folder }) => folder));
  const files = globSync('{packages,plugins}/*/{src,test}/**/*.ts', { cwd: root }).map((file) =>
    file.split(path.sep).join('/'),
  );
  return files
    .filter((file) => !file.includes('/generated/'))
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      const [, section = '', folder] = file.split('/');
      const test = folder === 'test' || /\.(test|test-d)\.ts$/.test(file) || text.includes("from '@jest/globals'");
      return { file, section, test, standIn: standIns.has(section), text };
    });
}
