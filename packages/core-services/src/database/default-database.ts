import type { DatabaseService, LoggerService } from '@bulkhead/backend-plugin-api';
import type { Knex } from 'knex';
import type { RootDatabaseService } from './root-database.ts';

/** A plugin's part of the database of the process. */
export class DefaultDatabaseService implements DatabaseService {
  readonly migrations: { readonly skip: boolean };

  readonly #root: RootDatabaseService;
  readonly #pluginId: string;
  readonly #logger: LoggerService;

  constructor(root: RootDatabaseService, pluginId: string, logger: LoggerService) {
    this.#root = root;
    this.#pluginId = pluginId;
    this.#logger = logger;
    this.migrations = { skip: root.skipMigrations };
  }

  getClient(): Promise<Knex> {
    return this.#root.getClient(this.#pluginId, { logger: this.#logger });
  }
}
