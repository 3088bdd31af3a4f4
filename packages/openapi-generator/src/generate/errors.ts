import path from 'node:path';
import { BulkheadError, ProblemsError, type Problem } from '@bulkhead/errors';

/** What is wrong with a generated file. */
export type Staleness = 'stale' | 'missing' | 'left over';

const MESSAGES: Readonly<Record<Staleness, string>> = {
  stale: 'is not what the contract says',
  missing: 'is missing',
  'left over': 'is left over: no contract asks for it',
};

/** Nothing to generate was found. */
export function noContracts(folders: readonly string[]): BulkheadError {
  return new BulkheadError('ERR_GENERATE_NO_CONTRACT', `There is no contract in ${folders.join(', ')}`, {
    hint: "Write an openapi.yaml beside the package.json of a plugin ('bulkhead': { 'role': 'backend-plugin' }), or name its folder.",
  });
}

/** A folder that was named is not there. */
export function noFolder(folder: string): BulkheadError {
  return new BulkheadError('ERR_GENERATE_NO_FOLDER', `There is no folder '${folder}'`, {
    hint: 'Name the folder of a package, or of a repository with packages.',
  });
}

/** A package.json that cannot be read. */
export function badManifest(file: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_GENERATE_MANIFEST', `'${file}' is no package.json`, {
    hint: 'Mend the JSON; npm cannot read it, either.',
    cause,
  });
}

/** Two packages in which the client of one plugin would have its place. */
export function twoClientPackages(pluginId: string, packages: readonly string[]): BulkheadError {
  return new BulkheadError(
    'ERR_GENERATE_TWO_CLIENT_PACKAGES',
    `The client of plugin '${pluginId}' has two places: ${packages.join(' and ')}`,
    { hint: "Only one package may have its 'pluginId' and the layer 'plugin-node'." },
  );
}

/** Generated files that are not what would be generated now. */
export function staleFiles(files: ReadonlyMap<string, Staleness>): ProblemsError {
  const problems = [...files].map(([file, staleness]): Problem => ({
    code: 'ERR_GENERATE_STALE_FILE',
    message: MESSAGES[staleness],
    source: { file: file.split(path.sep).join('/') },
  }));
  const count = files.size === 1 ? 'A generated file is' : `${files.size} generated files are`;
  return new ProblemsError('ERR_GENERATE_STALE', `${count} out of date`, problems, {
    hint: 'Run npm run generate, and commit what it writes.',
  });
}

/** The command line makes no sense. */
export function wrongUsage(message: string): BulkheadError {
  return new BulkheadError('ERR_GENERATE_USAGE', message, { hint: 'See bulkhead-openapi --help.' });
}
