import type { Knex } from 'knex';

/** A migration in code. */
export interface ListedMigration extends Knex.Migration {
  /** What Knex records. */
  readonly name: string;
}

/** Migrations that stand in code, in the order in which they are applied. One that has been released never changes. */
export class ListedMigrationSource implements Knex.MigrationSource<ListedMigration> {
  readonly #migrations: readonly ListedMigration[];

  constructor(migrations: readonly ListedMigration[]) {
    this.#migrations = migrations;
  }

  async getMigrations(): Promise<ListedMigration[]> {
    return [...this.#migrations];
  }

  getMigrationName({ name }: ListedMigration): string {
    return name;
  }

  async getMigration(migration: ListedMigration): Promise<Knex.Migration> {
    return migration;
  }
}
