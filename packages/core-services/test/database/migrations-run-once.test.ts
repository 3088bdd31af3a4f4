import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { LOCK_SPACE, lockNumber } from '../../src/database/plugin-names.ts';
import { startDatabase, until } from './database-harness.ts';

// Real servers and processes, on machines that are busy with other tests.
jest.setTimeout(60_000);

const FIXTURES = join(import.meta.dirname, 'fixtures');
const good = { directory: join(FIXTURES, 'good') };
const failing = { directory: join(FIXTURES, 'failing') };
const unfinished = { directory: join(FIXTURES, 'unfinished') };

let database: TestDatabase;
beforeEach(async () => {
  database = await TestDatabase.create();
});
afterEach(() => database.dispose());

/** Another host, as a process, that migrates the tables of `todo`. */
function spawnHost(directory: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  const script = join(FIXTURES, 'migrate.ts');
  const args = ['--conditions=@bulkhead/source', script, JSON.stringify(database.config), directory];
  return spawn(process.execPath, args, {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function recorded(client: Knex): Promise<string[]> {
  return (await client('knex_migrations').pluck('name').orderBy('id')) as string[];
}

describe('migrations', () => {
  it('of four hosts that start at once run once', async () => {
    const hosts = Array.from({ length: 4 }, () => startDatabase(database));
    try {
      const clients = await Promise.all(hosts.map(({ root }) => root.getClient('todo')));
      const results = await Promise.all(clients.map((client) => client.migrate.latest(good)));
      const ran = results.map(([, names]) => names as string[]).filter((names) => names.length > 0);
      expect(ran).toEqual([['001_items.js', '002_labels.js']]);
      expect(await clients[0]!('items')).toEqual([{ id: 1, label: 'from the migration' }]);
      expect(await recorded(clients[0]!)).toEqual(['001_items.js', '002_labels.js']);
    } finally {
      await Promise.all(hosts.map(({ root }) => root.stop()));
    }
  });

  it('of four processes that start at once run once', async () => {
    const exits = await Promise.all(Array.from({ length: 4 }, () => once(spawnHost(good.directory), 'exit')));
    expect(exits.map(([code]) => code as number)).toEqual([0, 0, 0, 0]);
    await using host = startDatabase(database);
    expect(await (await host.root.getClient('todo'))('items')).toHaveLength(1);
  });

  it('of more plugins than there are connections do not wait for each other', async () => {
    await using host = startDatabase(database, { pool: { max: 2 } });
    const plugins = Array.from({ length: 12 }, (_, index) => `p${index}`);
    await Promise.all(
      plugins.map(async (plugin) => {
        const client = await host.root.getClient(plugin);
        await client.migrate.latest(good);
        expect(await client('items')).toHaveLength(1);
      }),
    );
    expect(host.root.pool).toMatchObject({ free: 2 });
  });

  it('go up, down and back, and tell where they are', async () => {
    await using host = startDatabase(database);
    const { migrate } = await host.root.getClient('todo');
    expect(await migrate.list(good)).toMatchObject([[], [{ name: '001_items.js' }, { name: '002_labels.js' }]]);
    expect(await migrate.currentVersion(good)).toBe('none');
    expect(await migrate.up(good)).toEqual([1, ['001_items.js']]);
    expect(await migrate.status(good)).toBe(-1);
    expect(await migrate.up(good)).toEqual([2, ['002_labels.js']]);
    expect(await migrate.currentVersion(good)).toBe('002');
    await expect(migrate.down(good)).rejects.toMatchObject({
      code: 'ERR_DATABASE_MIGRATION_FAILED',
      message: 'The migration "002_labels.js" of the plugin "todo" failed and was rolled back.',
      cause: { code: 'ERR_DATABASE_MIGRATION_IRREVERSIBLE' },
    });
    await migrate.forceFreeMigrationsLock(good);
    expect(await migrate.latest(good)).toEqual([2, []]);
  });

  it('that are TypeScript sources are the same as the files compiled from them', async () => {
    await using host = startDatabase(database);
    const { migrate } = await host.root.getClient('todo');
    expect(await migrate.latest({ directory: join(FIXTURES, 'sources') })).toEqual([1, ['001_items.js']]);
    expect(await migrate.latest(good)).toEqual([2, ['002_labels.js']]);
  });

  it("of a source of the plugin's own work as well", async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('todo');
    const migrationSource: Knex.MigrationSource<string> = {
      getMigrations: () => Promise.resolve(['only']),
      getMigrationName: (name) => name,
      getMigration: () =>
        Promise.resolve({ up: (knex) => knex.schema.createTable('own', (table) => table.integer('id')) }),
    };
    const down = { down: () => Promise.resolve() };
    const getMigration = migrationSource.getMigration.bind(migrationSource);
    migrationSource.getMigration = async (name) => ({ ...(await getMigration(name)), ...down });
    await client.migrate.latest({ migrationSource, tableName: 'done' });
    expect(await client('done').pluck('name')).toEqual(['only']);
    expect(await client('own')).toEqual([]);
  });
});

describe('migrations that have all run', () => {
  /** Runs `fn` as if another process were migrating the tables of the client's plugin. */
  async function whileLocked(client: Knex, fn: () => Promise<void>): Promise<void> {
    await client.transaction(async (transaction) => {
      const [{ role }] = (await transaction.select(transaction.raw('current_user AS role'))) as [{ role: string }];
      await transaction.raw('SELECT pg_advisory_xact_lock(?, ?)', [LOCK_SPACE, lockNumber(role)]);
      await fn();
    });
  }

  it('need no lock, and are answered as Knex answers', async () => {
    await using host = startDatabase(database, { migrations: { lockTimeout: 50 } });
    const client = await host.root.getClient('todo');
    const { migrate } = client;
    await migrate.up(good);
    await whileLocked(client, () =>
      expect(migrate.latest(good)).rejects.toMatchObject({ code: 'ERR_DATABASE_MIGRATION_LOCKED' }),
    );
    await migrate.up(good);
    await whileLocked(client, () => expect(migrate.latest(good)).resolves.toEqual([2, []]));
  });

  it('are none of those that another schema has on record', async () => {
    const owner = await database.client();
    await owner.raw('CREATE TABLE public.knex_migrations (id int, name text, batch int)');
    await owner.raw(`INSERT INTO public.knex_migrations VALUES (1, '001_items.js', 1), (2, '002_labels.js', 1)`);
    await owner.raw('GRANT SELECT ON public.knex_migrations TO PUBLIC');
    await using host = startDatabase(database);
    const client = await host.root.getClient('todo');
    expect(await client.migrate.latest(good)).toEqual([1, ['001_items.js', '002_labels.js']]);
  });

  it('are asked of a source in code as Knex asks it, once', async () => {
    await using host = startDatabase(database);
    const { migrate } = await host.root.getClient('todo');
    const asked: (readonly string[])[] = [];
    const migrationSource: Knex.MigrationSource<string> = {
      getMigrations: async (extensions) => (asked.push(extensions), ['only']),
      getMigrationName: (name) => name,
      getMigration: async () => ({ up: async () => {}, down: async () => {} }),
    };
    await migrate.latest({ migrationSource });
    expect(await migrate.latest({ migrationSource })).toEqual([1, []]);
    expect(asked).toEqual([expect.arrayContaining(['.js']), expect.arrayContaining(['.js'])]);
  });

  it('are not enough where one that has run is missing', async () => {
    await using host = startDatabase(database);
    const { migrate } = await host.root.getClient('todo');
    await migrate.latest(good);
    await expect(migrate.latest({ directory: join(FIXTURES, 'sources') })).rejects.toMatchObject({
      code: 'ERR_DATABASE_MIGRATION_FAILED',
      cause: { message: expect.stringContaining('002_labels.js') },
    });
  });
});

describe('a migration that fails', () => {
  it('is named and leaves nothing behind, and other plugins do not notice', async () => {
    await using host = startDatabase(database);
    const [broken, fine] = await Promise.all(['broken', 'fine'].map((plugin) => host.root.getClient(plugin)));
    const [failure] = await Promise.allSettled([broken!.migrate.latest(failing), fine!.migrate.latest(good)]);
    expect(failure).toMatchObject({
      reason: {
        code: 'ERR_DATABASE_MIGRATION_FAILED',
        message: 'The migration "002_broken.js" of the plugin "broken" failed and was rolled back.',
        cause: { code: '42P01' },
      },
    });
    expect(await recorded(broken!)).toEqual([]);
    for (const table of ['fine', 'half']) {
      expect(await broken!.schema.hasTable(table)).toBe(false);
    }
    expect(await fine!('items')).toHaveLength(1);
    expect(host.root.pool).toMatchObject({ free: 20 });
  });

  it('because its folder is missing says so', async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('todo');
    await expect(client.migrate.latest({ directory: '/nowhere' })).rejects.toMatchObject({
      code: 'ERR_DATABASE_MIGRATION_FAILED',
      message: 'The migrations of the plugin "todo" failed.',
      cause: { code: 'ENOENT' },
    });
  });
});

describe('a host that is killed in the middle of a migration', () => {
  it('does not keep the next one from migrating', async () => {
    const victim = spawnHost(unfinished.directory, { MIGRATION_HANGS: 'yes' });
    await once(victim.stdout!, 'data');
    await using host = startDatabase(database);
    const client = await host.root.getClient('todo');
    expect(await client('knex_migrations_lock').pluck('is_locked')).toEqual([1]);

    const next = client.migrate.latest(unfinished);
    await until(() => host.logger.messages('info').some((line) => line.startsWith('Another process is migrating')));
    victim.kill('SIGKILL');
    expect(await next).toEqual([1, ['001_endless.js']]);
    expect(await client('finished')).toEqual([]);
    expect(await client('knex_migrations_lock').pluck('is_locked')).toEqual([0]);
    expect(host.logger.messages('warn')).toEqual([
      'A process died while it migrated the tables of this plugin; its lock was cleared.',
    ]);
  });

  it('is not waited for longer than allowed while it only hangs', async () => {
    const victim = spawnHost(unfinished.directory, { MIGRATION_HANGS: 'yes' });
    try {
      await once(victim.stdout!, 'data');
      await using host = startDatabase(database, { migrations: { lockTimeout: 50 } });
      const client = await host.root.getClient('todo');
      await expect(client.migrate.latest(unfinished)).rejects.toMatchObject({
        code: 'ERR_DATABASE_MIGRATION_LOCKED',
        message: 'Another process was still migrating the tables of the plugin "todo" after 50 ms.',
        cause: { code: '55P03' },
      });
      expect(host.root.pool).toMatchObject({ free: 20 });
    } finally {
      victim.kill('SIGKILL');
    }
  });
});
