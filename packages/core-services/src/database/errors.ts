import { BulkheadError, ServiceUnavailableError } from '@bulkhead/errors';

/** The reason of a failure that was a timeout. */
export const NO_ANSWER = 'no answer in time';

/** A database could not be reached for as long as a host waits at its start. */
export function databaseUnreachable(address: string, seconds: number, cause: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_DATABASE_UNREACHABLE',
    `PostgreSQL at ${address} could not be reached within ${seconds} s.`,
    {
      hint: 'Check backend.database.connection and that the server runs. backend.database.connectTimeout is how long to wait.',
      cause,
    },
  );
}

/** The server does not let the configured user in. */
export function authenticationFailed(user: string, address: string, cause: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_DATABASE_AUTHENTICATION',
    `PostgreSQL at ${address} does not accept the user "${user}" with the configured password.`,
    { hint: 'Check user and password in backend.database.connection, and pg_hba.conf of the server.', cause },
  );
}

/** The server does not have the configured database. */
export function databaseNotFound(database: string, address: string, cause: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_DATABASE_NOT_FOUND',
    `There is no database "${database}" on the PostgreSQL at ${address}.`,
    { hint: `Run "createdb ${database}" on the server, or correct backend.database.connection.`, cause },
  );
}

/** Server and host do not agree on encryption. */
export function encryptionRefused(address: string, cause: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_DATABASE_ENCRYPTION',
    `No encrypted connection to the PostgreSQL at ${address} could be made.`,
    { hint: 'Check backend.database.connection.ssl (ca, rejectUnauthorized, or false) against the server.', cause },
  );
}

/** The configured user may not make the roles, schemas or databases of plugins. */
export function provisioningDenied(user: string, database: string, cause: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_DATABASE_PROVISIONING_DENIED',
    `The PostgreSQL user "${user}" may not make roles and schemas for plugins in the database "${database}".`,
    {
      hint: [
        `As a superuser: ALTER ROLE "${user}" CREATEROLE; GRANT CREATE ON DATABASE "${database}" TO "${user}";`,
        "or set backend.database.admin.connection to a user who may; or, at the price of plugins seeing each other's",
        'tables, set backend.database.roles to "off".',
      ].join(' '),
      cause,
    },
  );
}

/** The schema or database of a plugin is there, but belongs to somebody else. */
export function ownedByAnother(pluginId: string, name: string, owner: string): BulkheadError {
  return new BulkheadError(
    'ERR_DATABASE_OWNED_BY_ANOTHER',
    `"${name}", the place of the plugin "${pluginId}" in PostgreSQL, belongs to "${owner}".`,
    { hint: `Run REASSIGN OWNED BY "${owner}" TO "${name}", or choose another backend.database.prefix.` },
  );
}

/** A connection was lost, or none can be made, while the host runs. */
export function databaseUnavailable(reason: string, cause?: unknown): ServiceUnavailableError {
  // Callers get to see the message, and the reason tells where the server is.
  return new ServiceUnavailableError('The database is not available', {
    code: 'ERR_DATABASE_UNAVAILABLE',
    hint: 'The host reconnects by itself. If it does not, see whether the server runs.',
    cause: cause ?? reason,
  });
}

/** The disk of the server is full. */
export function databaseDiskFull(cause: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError('The disk of the database server is full.', {
    code: 'ERR_DATABASE_DISK_FULL',
    hint: 'Make room on it. Reading still works, and so does writing as soon as there is room.',
    cause,
  });
}

/** No connection became free in time. */
export function poolTimeout(owner: string, milliseconds: number, use: string): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `The plugin "${owner}" got no database connection within ${milliseconds} ms. In use: ${use}.`,
    {
      code: 'ERR_DATABASE_POOL_TIMEOUT',
      hint: 'Look for transactions that are kept open, or that use the client beside the transaction; else raise backend.database.pool.max.',
    },
  );
}

/** The host is stopping, or the plugin has destroyed its client. */
export function databaseClosed(what: string): ServiceUnavailableError {
  return new ServiceUnavailableError(`${what} is closed.`, {
    code: 'ERR_DATABASE_CLOSED',
    hint: 'Do not use the database after the shutdown hooks. database.getClient() gives a new client after knex.destroy().',
  });
}

/** A connection was used by somebody who had given it back. */
export function leaseEnded(owner: string): BulkheadError {
  return new BulkheadError(
    'ERR_DATABASE_LEASE_ENDED',
    `The plugin "${owner}" used a database connection after it had released it.`,
    { hint: 'Await all queries of a connection before releasing it; it may serve another plugin now.' },
  );
}

/** The server took a connection, or had one, and says nothing. */
export function noAnswer(): BulkheadError {
  return new BulkheadError('ERR_DATABASE_NO_ANSWER', NO_ANSWER);
}

/** What is known of a migration that failed. */
export interface FailedMigration {
  readonly pluginId: string;
  /** The file; `undefined`: none had begun. */
  readonly name: string | undefined;
  readonly rolledBack: boolean;
}

/** A migration threw. */
export function migrationFailed({ pluginId, name, rolledBack }: FailedMigration, cause: unknown): BulkheadError {
  const which = name === undefined ? 'The migrations' : `The migration "${name}"`;
  const end = rolledBack ? ' and was rolled back' : '';
  return new BulkheadError('ERR_DATABASE_MIGRATION_FAILED', `${which} of the plugin "${pluginId}" failed${end}.`, {
    hint: 'See the cause. Correct the migration and start again: what was rolled back is run again.',
    cause,
  });
}

/** Another process migrates the same schema for too long. */
export function migrationLocked(pluginId: string, milliseconds: number, cause: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_DATABASE_MIGRATION_LOCKED',
    `Another process was still migrating the tables of the plugin "${pluginId}" after ${milliseconds} ms.`,
    {
      hint: 'See what that process does (pg_stat_activity). backend.database.migrations.lockTimeout is how long to wait.',
      cause,
    },
  );
}

/** A production environment without a database server. */
export function embeddedInProduction(): BulkheadError {
  return new BulkheadError(
    'ERR_DATABASE_EMBEDDED_IN_PRODUCTION',
    'No backend.database.connection is configured, and the embedded PostgreSQL is not used in production.',
    {
      hint: 'Set backend.database.connection to the address of a server with backups; or set backend.database.embedded.allowInProduction to true.',
    },
  );
}

/** Somebody wants to go back behind a migration that says nothing about how. */
export function migrationIrreversible(name: string): BulkheadError {
  return new BulkheadError('ERR_DATABASE_MIGRATION_IRREVERSIBLE', `The migration "${name}" has no down().`, {
    hint: 'Write one, or restore a backup.',
  });
}
