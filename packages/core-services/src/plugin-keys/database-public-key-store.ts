import type { JsonObject } from '@bulkhead/types';
import type { Knex } from 'knex';
import type { RootDatabaseService } from '../database/root-database.ts';
import { migratePublicKeys, PUBLIC_KEYS_TABLE } from './migrations.ts';
import type { PublicKeyStore, StoredKey } from './public-key-store.ts';

/** Under which name the host has a place of its own in the database. No plugin can be called so. */
const HOST_PLACE = '_host';

interface KeyRow {
  readonly plugin_id: string;
  readonly id: string;
  readonly key: JsonObject;
  readonly expires_at: Date;
}

/** The public keys in PostgreSQL: in a schema of the host's own, which the roles of plugins do not reach. */
export class DatabasePublicKeyStore implements PublicKeyStore {
  readonly #database: RootDatabaseService;
  #ready: Promise<Knex> | undefined;

  constructor(database: RootDatabaseService) {
    this.#database = database;
  }

  async add({ pluginId, kid, jwk, expiresAt }: StoredKey): Promise<void> {
    const knex = await this.#open();
    const row = { plugin_id: pluginId, id: kid, key: jwk, expires_at: expiresAt };
    await knex<KeyRow>(PUBLIC_KEYS_TABLE).insert(row).onConflict(['plugin_id', 'id']).ignore();
    await knex<KeyRow>(PUBLIC_KEYS_TABLE).where('expires_at', '<', new Date()).delete();
  }

  async list(pluginIds: readonly string[]): Promise<readonly StoredKey[]> {
    const knex = await this.#open();
    const rows = await knex<KeyRow>(PUBLIC_KEYS_TABLE)
      .whereIn('plugin_id', pluginIds)
      .where('expires_at', '>', new Date())
      .select('plugin_id', 'id', 'key', 'expires_at');
    return rows.map((row) => ({ pluginId: row.plugin_id, kid: row.id, jwk: row.key, expiresAt: row.expires_at }));
  }

  #open(): Promise<Knex> {
    if (!this.#ready) {
      const ready = this.#prepare();
      this.#ready = ready;
      // The next call is a new attempt.
      ready.catch(() => (this.#ready = undefined));
    }
    return this.#ready;
  }

  async #prepare(): Promise<Knex> {
    const knex = await this.#database.getClient(HOST_PLACE);
    if (!this.#database.skipMigrations) {
      await migratePublicKeys(knex);
    }
    return knex;
  }
}
