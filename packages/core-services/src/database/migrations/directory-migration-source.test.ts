import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryMigrationSource } from './directory-migration-source.ts';

describe('DirectoryMigrationSource', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'migrations-'));
    const files = {
      one: [
        '002_b.js',
        '002_b.js.map',
        '002_b.ts',
        '010_c.mjs',
        '001_a.ts',
        '001_a.d.ts',
        '001_a.test.ts',
        'README.md',
      ],
      two: ['000_z.cjs', '005_y.js'],
    };
    for (const [folder, names] of Object.entries(files)) {
      await mkdir(join(root, folder));
      await Promise.all(names.map((name) => writeFile(join(root, folder, name), '')));
    }
  });
  afterAll(() => rm(root, { recursive: true }));

  async function list(
    options: Omit<ConstructorParameters<typeof DirectoryMigrationSource>[0], 'directories'>,
    ...folders: string[]
  ): Promise<string[]> {
    const directories = folders.map((folder) => join(root, folder));
    const source = new DirectoryMigrationSource({ ...options, directories });
    return (await source.getMigrations()).map(
      (migration) => `${source.getMigrationName(migration)} ${migration.path.slice(root.length)}`,
    );
  }

  it('names files the same whatever they are written in, and leaves out what is none', async () => {
    expect(await list({}, 'one')).toEqual([
      '001_a.js /one/001_a.ts',
      '002_b.js /one/002_b.js',
      '010_c.js /one/010_c.mjs',
    ]);
  });

  it('sorts the files of several folders together', async () => {
    const names = (await list({}, 'one', 'two')).map((line) => line.split(' ')[0]);
    expect(names).toEqual(['000_z.js', '001_a.js', '002_b.js', '005_y.js', '010_c.js']);
  });

  it('sorts them by folder if that is wanted', async () => {
    const names = (await list({ sortDirsSeparately: true }, 'one', 'two')).map((line) => line.split(' ')[0]);
    expect(names).toEqual(['001_a.js', '002_b.js', '010_c.js', '000_z.js', '005_y.js']);
  });

  it('takes only the extensions that are asked for', async () => {
    expect(await list({ extensions: ['.ts'] }, 'one')).toEqual(['001_a.js /one/001_a.ts', '002_b.js /one/002_b.ts']);
  });

  it.each(['node_modules/installed', 'own'])('loads CommonJS and ES modules of %s', async (folder) => {
    const directory = join(root, folder);
    await mkdir(directory, { recursive: true });
    const files = {
      'a.cjs': `exports.up = () => 'a'; exports.down = () => {}; exports.config = { transaction: false };`,
      'b.mjs': `export const up = () => 'b';`,
      'c.mjs': `await Promise.resolve(); export default { up: () => 'c' };`,
    };
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(directory, name), text)));
    const source = new DirectoryMigrationSource({ directories: [directory] });
    const migrations = await Promise.all((await source.getMigrations()).map((file) => source.getMigration(file)));
    expect(migrations.map(({ up }) => (up as () => unknown)())).toEqual(['a', 'b', 'c']);
    expect(migrations[0]).toHaveProperty('config', { transaction: false });
    await expect(async () => migrations[1]!.down!(undefined as never)).rejects.toThrow('b.js');
  });
});
