import { readdir } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { Knex } from 'knex';
import { migrationIrreversible } from '../errors.ts';
import { loadMigration } from './load-migration.ts';

/** A file with a migration. */
export interface MigrationFile {
  /** What Knex records: the file's name, always with `.js`. */
  readonly name: string;
  readonly path: string;
}

/** Options of {@link DirectoryMigrationSource}, with the meaning that they have for Knex. */
export interface DirectoryMigrationOptions {
  readonly directories: readonly string[];
  readonly sortDirsSeparately?: boolean;
  readonly extensions?: readonly string[];
}

/** Where two files have the same name without it, the first wins: a compiled one stands beside its source. */
const EXTENSIONS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];
const NO_MIGRATION = /\.d\.[cm]?ts$|\.(?:test|spec)\.[cm]?[jt]s$/;

/**
 * Migrations that are files in folders, as Knex has them, with two differences. The recorded name does not depend on the
 * extension, so the data of a host that runs TypeScript sources suit one that runs the compiled files, and the other way
 * round. And every file may be an ES module, whatever the package around it says.
 */
export class DirectoryMigrationSource implements Knex.MigrationSource<MigrationFile> {
  readonly #options: DirectoryMigrationOptions;

  constructor(options: DirectoryMigrationOptions) {
    this.#options = options;
  }

  async getMigrations(): Promise<MigrationFile[]> {
    const { directories, sortDirsSeparately = false } = this.#options;
    const folders = await Promise.all(directories.map((directory) => this.#filesIn(resolve(directory))));
    return sortDirsSeparately ? folders.flat() : folders.flat().sort(byName);
  }

  getMigrationName(migration: MigrationFile): string {
    return migration.name;
  }

  async getMigration(migration: MigrationFile): Promise<Knex.Migration> {
    const { up, down, config } = await loadMigration(migration.path);
    // Knex asks for both, and for `down` before anybody wants to go back.
    return {
      up,
      down: down ?? (() => Promise.reject(migrationIrreversible(migration.name))),
      config,
    } as Knex.Migration;
  }

  async #filesIn(directory: string): Promise<MigrationFile[]> {
    const extensions = this.#options.extensions ?? EXTENSIONS;
    const files = (await readdir(directory)).filter(
      (file) => extensions.includes(extname(file)) && !NO_MIGRATION.test(file),
    );
    files.sort((one, other) => extensions.indexOf(extname(one)) - extensions.indexOf(extname(other)));
    const byFileName = new Map<string, MigrationFile>();
    for (const file of files) {
      const name = `${file.slice(0, -extname(file).length)}.js`;
      if (!byFileName.has(name)) {
        byFileName.set(name, { name, path: join(directory, file) });
      }
    }
    return [...byFileName.values()].sort(byName);
  }
}

function byName(one: MigrationFile, other: MigrationFile): number {
  return one.name < other.name ? -1 : Number(one.name > other.name);
}
