import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { emitClientModules } from '../emit/client/emit-client.ts';
import { GENERATED_NOTICE } from '../emit/generated-notice.ts';
import { emitServer } from '../emit/server/emit-server.ts';
import { readContract } from '../read/read-contract.ts';
import { createTypeWriter } from '../types/create-type-writer.ts';
import type { ContractTarget } from './contract-target.ts';
import type { Staleness } from './errors.ts';
import type { PackageFolder } from './workspace.ts';

/** Where generated files stand in a package. Nothing else should be there. */
const FOLDER = path.join('src', 'generated');

/** Generated files by their paths. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/**
 * What is to be generated for a contract.
 *
 * @throws ProblemsError ERR_CONTRACT_INVALID
 */
export async function generateFiles({ contract, pluginId, server, client }: ContractTarget): Promise<GeneratedFiles> {
  const model = readContract(contract, { pluginId });
  const files = new Map<string, string>();
  const add = (folder: string, modules: ReadonlyMap<string, string>): void => {
    for (const [name, text] of modules) {
      files.set(path.join(folder, FOLDER, name), text);
    }
  };
  add(server.folder, await emitServer(model, createTypeWriter(model, { input: 'parsed' })));
  if (client) {
    add(client.folder, await emitClientModules(model, createTypeWriter(model, { input: 'request' })));
  }
  return files;
}

/** The files that are not as they should be, those among them that nothing asks for included. */
export function compareFiles(
  files: GeneratedFiles,
  packages: readonly PackageFolder[],
): ReadonlyMap<string, Staleness> {
  const found = new Map<string, Staleness>();
  for (const [file, text] of files) {
    const present = readIfThere(file);
    if (present !== text) {
      found.set(file, present === undefined ? 'missing' : 'stale');
    }
  }
  for (const file of packages.flatMap(({ folder }) => listGenerated(path.join(folder, FOLDER)))) {
    if (!files.has(file)) {
      found.set(file, 'left over');
    }
  }
  return found;
}

/** Writes what is not as it should be, and removes what is left over. */
export function writeFiles(files: GeneratedFiles, changes: ReadonlyMap<string, Staleness>): void {
  for (const file of changes.keys()) {
    const text = files.get(file);
    if (text === undefined) {
      rmSync(file);
    } else {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

function listGenerated(folder: string): readonly string[] {
  if (!existsSync(folder)) {
    return [];
  }
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  return files.filter((file) => file.endsWith('.ts') && readIfThere(file)?.startsWith(GENERATED_NOTICE));
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
