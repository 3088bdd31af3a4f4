/**
 * The database service: a part of PostgreSQL for each plugin, over one pool of connections.
 *
 * @packageDocumentation
 */

// Factories
export {
  databaseHealthIndicatorFactory,
  databaseServiceFactory,
  rootDatabaseServiceFactory,
} from './database-service-factory.ts';

// The database of the process
export { rootDatabaseServiceRef, type RootDatabaseService } from './root-database.ts';
export { DefaultRootDatabaseService } from './default-root-database.ts';
export { DefaultDatabaseService } from './default-database.ts';
export type { DatabaseStatus } from './database-monitor.ts';
export type { SharedPoolState } from './pool/shared-pool.ts';
export type { FairSchedulerState } from './pool/fair-scheduler.ts';

// Its configuration
export { readDatabaseSettings, type ConnectionSettings, type DatabaseSettings } from './database-settings.ts';
