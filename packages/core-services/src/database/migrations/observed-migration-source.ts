import type { Knex } from 'knex';

/** Notes which migration was running when something failed. */
export class ObservedMigrationSource implements Knex.MigrationSource<unknown> {
  readonly #source: Knex.MigrationSource<unknown>;
  #failed: { readonly name: string; readonly transaction: boolean } | undefined;

  constructor(source: Knex.MigrationSource<unknown>) {
    this.#source = source;
  }

  /** The migration that threw, and whether it ran in a transaction. */
  get failed(): { readonly name: string; readonly transaction: boolean } | undefined {
    return this.#failed;
  }

  getMigrations(loadExtensions: readonly string[]): Promise<unknown[]> {
    return this.#source.getMigrations(loadExtensions);
  }

  getMigrationName(migration: unknown): string {
    return this.#source.getMigrationName(migration);
  }

  async getMigration(migration: unknown): Promise<Knex.Migration> {
    const name = this.getMigrationName(migration);
    const loaded = await this.#observe(name, true, () => this.#source.getMigration(migration));
    const transaction = (loaded as { config?: { transaction?: boolean } }).config?.transaction !== false;
    return {
      ...loaded,
      up: (knex) => this.#observe(name, transaction, () => loaded.up(knex)),
      down: (knex) => this.#observe(name, transaction, () => loaded.down?.(knex)),
    };
  }

  async #observe<T>(name: string, transaction: boolean, run: () => T | PromiseLike<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      this.#failed ??= { name, transaction };
      throw error;
    }
  }
}
