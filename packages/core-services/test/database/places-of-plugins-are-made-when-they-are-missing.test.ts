import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import type { JsonObject } from '@bulkhead/types';
import { pluginObjectName } from '../../src/database/plugin-names.ts';
import { startDatabase } from './database-harness.ts';

// Real servers and processes, on machines that are busy with other tests.
jest.setTimeout(60_000);

let database: TestDatabase;
beforeEach(async () => {
  database = await TestDatabase.create();
});
afterEach(() => database.dispose());

/** A user of the server's, to connect as. */
async function user(name: string, attributes: string, grants: readonly string[] = []): Promise<JsonObject> {
  const admin = await database.client();
  const role = `${database.name}_${name}`;
  await admin.raw(`CREATE ROLE ${role} LOGIN PASSWORD 'secret' ${attributes}`);
  for (const grant of grants) {
    await admin.raw(`GRANT ${grant} TO ${role}`);
  }
  return { ...database.connection, user: role, password: 'secret' };
}

async function schemas(): Promise<string[]> {
  const admin = await database.client();
  const rows = await admin('pg_namespace').pluck('nspname').where('nspname', 'like', '%plugin%').orderBy('nspname');
  return rows as string[];
}

describe('four hosts that start at once', () => {
  it.each(['schema', 'database'])('make what 10 plugins need once, with a %s each', async (pluginDivisionMode) => {
    const hosts = Array.from({ length: 4 }, () => startDatabase(database, { pluginDivisionMode }));
    const plugins = Array.from({ length: pluginDivisionMode === 'schema' ? 10 : 3 }, (_, index) => `p${index}`);
    try {
      await Promise.all(
        hosts.flatMap(({ root }) => plugins.map(async (plugin) => (await root.getClient(plugin)).select(1))),
      );
    } finally {
      await Promise.all(hosts.map(({ root }) => root.stop()));
    }
    if (pluginDivisionMode === 'schema') {
      expect(await schemas()).toEqual(plugins.map((plugin) => `${database.name}_plugin_${plugin}`));
    }
  });
});

describe('a plugin', () => {
  it('that is there already needs nobody who may make anything', async () => {
    await using host = startDatabase(database);
    await (await host.root.getClient('todo')).schema.createTable('kept', (table) => table.integer('id'));
    await using restarted = startDatabase(database, {
      admin: { connection: { ...database.connection, password: 'not asked for' } },
    });
    expect(await (await restarted.root.getClient('todo'))('kept')).toEqual([]);
  });

  it('with a long id has a name of its own', async () => {
    await using host = startDatabase(database);
    const ids = ['a', 'b'].map((end) => `${'long-'.repeat(20)}${end}`);
    const clients = await Promise.all(ids.map((id) => host.root.getClient(id)));
    for (const client of clients) {
      await client.schema.createTable('items', (table) => table.integer('id'));
    }
    const names = await schemas();
    expect(names).toHaveLength(2);
    names.forEach((name) => expect(Buffer.byteLength(name)).toBe(63));
  });

  it('with capitals, dashes and quotes in its name or prefix is no trouble', async () => {
    await using host = startDatabase(database, { prefix: `${database.name}_plugin_My-` });
    const client = await host.root.getClient(`To-Do"; DROP SCHEMA public; --\\'`);
    expect((await client.raw('SELECT current_schema() AS schema')).rows).toEqual([
      { schema: pluginObjectName(`${database.name}_plugin_My-`, `To-Do"; DROP SCHEMA public; --\\'`) },
    ]);
  });

  it('whose schema belongs to somebody else is refused, the others are not', async () => {
    const admin = await database.client();
    await admin.raw(`CREATE SCHEMA ${database.name}_plugin_taken`);
    await using host = startDatabase(database);
    const [taken, free] = await Promise.allSettled(['taken', 'free'].map((plugin) => host.root.getClient(plugin)));
    expect(taken).toMatchObject({
      reason: {
        code: 'ERR_DATABASE_OWNED_BY_ANOTHER',
        message: `"${database.name}_plugin_taken", the place of the plugin "taken" in PostgreSQL, belongs to "${database.connection.user}".`,
        hint: expect.stringContaining('REASSIGN OWNED BY'),
      },
    });
    expect(free).toMatchObject({ status: 'fulfilled' });
  });

  it('uses functions of extensions that an administrator has installed', async () => {
    const admin = await database.client();
    await admin.raw('CREATE FUNCTION public.shared() RETURNS int LANGUAGE sql AS $$ SELECT 42 $$');
    await using host = startDatabase(database);
    expect((await (await host.root.getClient('todo')).raw('SELECT shared()')).rows).toEqual([{ shared: 42 }]);
  });
});

describe('a single user for everything', () => {
  it.each(['schema', 'database'])('that may make roles is enough, with a %s each', async (pluginDivisionMode) => {
    const connection = await user('owner', 'CREATEROLE CREATEDB', [`CREATE ON DATABASE ${database.name}`]);
    for (const attempt of ['new', 'there already']) {
      await using host = startDatabase(database, { connection, admin: undefined, pluginDivisionMode });
      const [todo, notes] = await Promise.all(['todo', 'notes'].map((plugin) => host.root.getClient(plugin)));
      if (attempt === 'new') {
        await notes!.schema.createTable('items', (table) => table.integer('id'));
      }
      if (pluginDivisionMode === 'schema') {
        const reading = todo!.raw('SELECT * FROM ??.items', [`${database.name}_plugin_notes`]);
        await expect(reading).rejects.toMatchObject({ code: '42501' });
      }
      expect(await notes!('items')).toEqual([]);
      expect(host.logger.messages('warn')).toEqual([]);
    }
  });

  it('that is a superuser works, with a warning', async () => {
    await using host = startDatabase(database, { connection: { ...database.connection }, admin: undefined });
    const client = await host.root.getClient('todo');
    expect((await client.raw('SELECT current_user AS role')).rows).toEqual([{ role: `${database.name}_plugin_todo` }]);
    expect(host.logger.messages('warn')).toEqual([expect.stringContaining('superuser')]);
  });

  it('that may not make roles is an error that says what to do', async () => {
    const connection = await user('limited', '', [`CREATE ON DATABASE ${database.name}`]);
    await using host = startDatabase(database, { connection, admin: undefined });
    await expect(host.root.getClient('todo')).rejects.toMatchObject({
      code: 'ERR_DATABASE_PROVISIONING_DENIED',
      message: `The PostgreSQL user "${database.name}_limited" may not make roles and schemas for plugins in the database "${database.name}".`,
      hint: expect.stringContaining(`ALTER ROLE "${database.name}_limited" CREATEROLE`),
      cause: { code: '42501' },
    });
  });

  it('that may not make roles can do without, if that is wanted', async () => {
    const connection = await user('limited', '', [`CREATE ON DATABASE ${database.name}`]);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await using host = startDatabase(database, { connection, admin: undefined, roles: 'off' });
      const client = await host.root.getClient('todo');
      const { rows } = await client.raw('SELECT current_user AS role, current_schema() AS schema');
      expect(rows).toEqual([{ role: `${database.name}_limited`, schema: `${database.name}_plugin_todo` }]);
      await client.schema.createTableIfNotExists('items', (table) => table.integer('id'));
    }
  });
});
