import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { join, resolve } from 'node:path';
import { EmbeddedPostgres } from '../embedded-postgres/index.ts';
import { connectionSettings, type ConnectionSettings, type DatabaseSettings } from './database-settings.ts';
import { embeddedInProduction } from './errors.ts';

/** A PostgreSQL server that the host may use. */
export interface DatabaseServer {
  /** For plugins. */
  readonly login: ConnectionSettings;
  /** For making what belongs to plugins. */
  readonly admin: ConnectionSettings;
  /** Starts the server again if it has ended; only for one that is the host's own. Never rejects. */
  readonly revive?: () => Promise<void>;
  /** Ends the host's use of the server. */
  stop(): Promise<void>;
}

/** Beside `app-config.yaml`, unless `backend.database.embedded.dataDir` says otherwise. */
const DATA_FOLDER = join('.bulkhead', 'postgres');
/** For a root whose project no other account may enter. */
const FALLBACK_ROOT = '/var/lib/bulkhead';

/**
 * The configured server, or the embedded one if none is configured.
 *
 * @throws BulkheadError `ERR_DATABASE_EMBEDDED_IN_PRODUCTION`, `ERR_EMBEDDED_POSTGRES_*`
 */
export async function findDatabaseServer(settings: DatabaseSettings, logger: LoggerService): Promise<DatabaseServer> {
  const { connection, admin = connection, embedded } = settings;
  if (connection && admin) {
    return { login: connection, admin, stop: () => Promise.resolve() };
  }
  if (process.env.NODE_ENV === 'production' && !embedded.allowInProduction) {
    throw embeddedInProduction();
  }
  // A host finds its configuration from any folder below; it must find the same data there.
  const { findConfigDir } = await import('@bulkhead/config-loader');
  const server = await EmbeddedPostgres.start({
    dataDir: resolve(findConfigDir(process.cwd()), embedded.dataDir ?? DATA_FOLDER),
    // A folder that somebody chose is not silently exchanged for another.
    fallbackRoot: embedded.dataDir === undefined ? FALLBACK_ROOT : undefined,
    onProgress: (message) => logger.info(`Embedded PostgreSQL: ${message} …`),
  });
  const where = server.relocated
    ? `in ${server.dataDir}, as PostgreSQL cannot enter this project's folder`
    : `in ${server.dataDir}`;
  logger.info(`Embedded PostgreSQL: data ${where}; port ${server.connection.port}.`);
  return {
    login: connectionSettings(server.connection),
    admin: connectionSettings(server.admin),
    revive: createRevival(server, logger),
    stop: () => server.stop(),
  };
}

/** Tries each time it is called, and says why it is in vain as long as the reason is a new one. */
function createRevival(server: EmbeddedPostgres, logger: LoggerService): () => Promise<void> {
  let complaint: string | undefined;
  return async () => {
    try {
      await server.revive();
      complaint = undefined;
    } catch (error) {
      const { message } = error as Error;
      if (message !== complaint) {
        complaint = message;
        logger.error('Embedded PostgreSQL: the server could not be started again.', error as Error);
      }
    }
  };
}
