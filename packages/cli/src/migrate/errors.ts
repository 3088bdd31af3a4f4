import { BulkheadError, type Problem, type ProblemSource } from '@bulkhead/errors';

/** There is no backend of Backstage in a folder. */
export function noBackstageBackend(folder: string): BulkheadError {
  return new BulkheadError('ERR_CLI_MIGRATE_NO_BACKEND', `There is no backend of Backstage in ${folder}`, {
    hint: 'Name the root of the repository, or the backend itself: `bulkhead migrate backstage packages/backend`.',
  });
}

/** There are several backends in a repository. */
export function severalBackends(folder: string, backends: readonly string[]): BulkheadError {
  return new BulkheadError(
    'ERR_CLI_MIGRATE_SEVERAL_BACKENDS',
    `${folder} has several backends: ${backends.join(', ')}`,
    {
      hint: 'Name the one that you mean: `bulkhead migrate backstage packages/backend`.',
    },
  );
}

/** Files would be written over. */
export function wouldOverwrite(files: readonly string[]): BulkheadError {
  const what = files.length === 1 ? 'a file' : `${files.length} files`;
  return new BulkheadError('ERR_CLI_MIGRATE_WOULD_OVERWRITE', `This would overwrite ${what}: ${files.join(', ')}`, {
    hint: 'Commit your work, then add --force. Or name another folder for the result: --out <folder>.',
  });
}

/** A file that is no TypeScript, JavaScript, YAML or JSON. */
export function badSyntax(what: string, source: ProblemSource): Problem {
  return { code: 'ERR_CLI_MIGRATE_SYNTAX', message: `It cannot be read: ${what}`, source };
}

/** The entry does not make a backend. */
export function makesNoBackend(source: ProblemSource): Problem {
  return {
    code: 'ERR_CLI_MIGRATE_NO_CREATE_BACKEND',
    message: 'No backend is made here with createBackend() of @backstage/backend-defaults',
    hint: 'A backend of the old backend system has to be moved to the new one first, as the documentation of Backstage shows.',
    source,
  };
}

/** The entry makes a backend of this host. */
export function isMoved(source: ProblemSource): Problem {
  return {
    ...makesNoBackend(source),
    message: 'This backend has been moved already: it is made with createBackend() of @bulkhead/backend-defaults',
    hint: '`bulkhead config check` and `bulkhead inspect` tell what is still wrong with it.',
  };
}

/** Something that only the host of Backstage has. */
export function staysBehind(
  name: string,
  specifier: string,
  { hint, source }: Pick<Problem, 'hint' | 'source'>,
): Problem {
  const what = name === '*' ? `All of ${specifier}` : `'${name}' of ${specifier}`;
  return { code: 'ERR_CLI_MIGRATE_STAYS_BEHIND', message: `${what} has no counterpart here`, hint, source };
}

/** `createBackend` with arguments. */
export function backendOptions(source: ProblemSource): Problem {
  return {
    code: 'ERR_CLI_MIGRATE_BACKEND_OPTIONS',
    message: 'Options of createBackend() cannot be moved',
    hint: 'Add each service factory on its own: backend.add(factory).',
    source,
  };
}

/** A setting that has no counterpart. */
export function unmovableSetting(
  path: readonly string[],
  what: string,
  rest: Pick<Problem, 'hint' | 'source'>,
): Problem {
  return { code: 'ERR_CLI_MIGRATE_SETTING', message: `'${path.join('.')}' ${what}`, path, ...rest };
}

/** Something that works, but deserves a look. */
export function lookAt(message: string, rest: Pick<Problem, 'hint' | 'source'> = {}): Problem {
  return { code: 'ERR_CLI_MIGRATE_LOOK', message, ...rest };
}
