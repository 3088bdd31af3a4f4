import type { Knex } from 'knex';

/** The plugin's own PostgreSQL schema, reached by a role that sees nothing else. */
export interface DatabaseService {
  /** The plugin's client. Nothing is connected before the first call. */
  getClient(): Promise<Knex>;
  /** Whether the plugin should leave its migrations to somebody else. */
  readonly migrations?: { readonly skip?: boolean };
}
