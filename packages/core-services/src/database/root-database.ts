import { createServiceRef, type LoggerService } from '@bulkhead/backend-plugin-api';
import type { Knex } from 'knex';
import type { DatabaseStatus } from './database-monitor.ts';
import type { SharedPoolState } from './pool/shared-pool.ts';

/** The database of the process, from which each plugin gets its part. */
export interface RootDatabaseService {
  /** The client of a plugin; makes the plugin's place if there is none. Nothing is connected before the first call. */
  getClient(pluginId: string, options?: { readonly logger?: LoggerService }): Promise<Knex>;
  /** Whether plugins should leave their migrations to somebody else. */
  readonly skipMigrations: boolean;
  /** Whether the database can be used; healthy as long as nobody has wanted to. Known without asking the server. */
  readonly status: DatabaseStatus;
  /** Calls `listener` on each change of the status. Returns the way to end that. */
  onStatusChange(listener: (status: DatabaseStatus) => void): () => void;
  /** What the pool is doing; `undefined` as long as nobody has wanted the database. */
  readonly pool: SharedPoolState | undefined;
  /** Waits for connections in use, closes all, and leaves the embedded server. Idempotent. */
  stop(): Promise<void>;
}

/** The database of the process. For the services of the host; plugins use `coreServices.database`. */
export const rootDatabaseServiceRef = createServiceRef<RootDatabaseService>({ id: 'core.rootDatabase', scope: 'root' });
