import { resolvePackagePath, type DatabaseService } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import type { Knex } from 'knex';
import type { SignedInUser } from '../sign-in-strategy.ts';

/** A public key with which tokens are verified. */
export interface PublicKey {
  readonly kid: string;
  readonly jwk: JsonObject;
  /** When the last token that was signed with it has expired. */
  readonly expiresAt: Date;
}

interface KeyRow {
  readonly id: string;
  readonly key: JsonObject;
  readonly expires_at: Date;
}

interface UserRow {
  readonly entity_ref: string;
  readonly ownership_entity_refs: string[];
  readonly signed_in_at: Date;
}

/** What the plugin keeps in the database. */
export class AuthStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Brings the plugin's schema up to date, and opens it. */
  static async open(database: DatabaseService): Promise<AuthStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({ directory: resolvePackagePath('@bulkhead/plugin-auth-backend', 'migrations') });
    }
    return new AuthStore(knex);
  }

  /** Keeps a public key, and drops those that have expired. */
  async addKey({ kid, jwk, expiresAt }: PublicKey): Promise<void> {
    await this.#knex<KeyRow>('public_keys').insert({ id: kid, key: jwk, expires_at: expiresAt });
    await this.#knex<KeyRow>('public_keys').where('expires_at', '<', new Date()).delete();
  }

  /** The public keys that have not expired. */
  async listKeys(): Promise<JsonObject[]> {
    const rows = await this.#knex<KeyRow>('public_keys').where('expires_at', '>', new Date()).select('key');
    return rows.map(({ key }) => key);
  }

  /** Keeps what is known about a user who has just signed in. */
  async putUser({ userEntityRef, ownershipEntityRefs }: SignedInUser): Promise<void> {
    const row = {
      entity_ref: userEntityRef,
      // Knex takes an array for one of PostgreSQL's.
      ownership_entity_refs: JSON.stringify(ownershipEntityRefs) as unknown as string[],
      signed_in_at: new Date(),
    };
    await this.#knex<UserRow>('users').insert(row).onConflict('entity_ref').merge();
  }

  /** What was known about a user when they last signed in. */
  async findUser(userEntityRef: string): Promise<SignedInUser | undefined> {
    const row = await this.#knex<UserRow>('users').where({ entity_ref: userEntityRef }).first();
    return row && { userEntityRef: row.entity_ref, ownershipEntityRefs: row.ownership_entity_refs };
  }
}
