import path from 'node:path';
import { formatError } from '@bulkhead/errors';
import { findTargets } from './contract-target.ts';
import { noContracts, staleFiles } from './errors.ts';
import { compareFiles, generateFiles, writeFiles } from './generated-files.ts';
import { findPackages } from './workspace.ts';

/** What is generated, and how. */
export interface GenerateOptions {
  /** Folders of packages or of repositories. */
  readonly folders: readonly string[];
  /** Writes nothing, and fails if there would be something to write. */
  readonly check?: boolean;
  /** Takes lines about what was done. */
  readonly print: (line: string) => void;
}

/**
 * Generates the code of all contracts in some folders.
 *
 * @returns whether all went well; what did not was printed
 * @throws BulkheadError if there is nothing to generate, ProblemsError ERR_GENERATE_STALE if checking finds something
 */
export async function generate({ folders, check = false, print }: GenerateOptions): Promise<boolean> {
  const workspace = findPackages(folders);
  const targets = findTargets(workspace);
  if (targets.length === 0) {
    throw noContracts(folders);
  }
  const files = new Map<string, string>();
  let refused = 0;
  for (const target of targets) {
    try {
      for (const [file, text] of await generateFiles(target)) {
        files.set(file, text);
      }
    } catch (error) {
      // One contract that is wrong does not hide what is wrong with the others.
      refused += 1;
      print(formatError(error));
    }
  }
  if (refused > 0) {
    return false;
  }
  const changes = compareFiles(files, workspace.selected);
  const shown = new Map([...changes].map(([file, staleness]) => [path.relative(process.cwd(), file), staleness]));
  if (check && changes.size > 0) {
    throw staleFiles(shown);
  }
  writeFiles(files, changes);
  for (const [file, staleness] of shown) {
    print(`${staleness === 'left over' ? 'removed' : 'wrote'} ${file}`);
  }
  const count = targets.length === 1 ? '1 contract' : `${targets.length} contracts`;
  print(changes.size === 0 ? `${count}, nothing to write` : `${count}, ${changes.size} files changed`);
  return true;
}
