import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import { startDatabase, type DatabaseHarness } from './database-harness.ts';

// Real servers and processes, on machines that are busy with other tests.
jest.setTimeout(60_000);

const PERMISSION_DENIED = { code: '42501' };

describe.each(['schema', 'database'])('plugins in a %s each', (pluginDivisionMode) => {
  let database: TestDatabase;
  let host: DatabaseHarness;
  beforeAll(async () => {
    database = await TestDatabase.create();
    host = startDatabase(database, { pluginDivisionMode });
  });
  afterAll(async () => {
    await host.root.stop();
    await database.dispose();
  });

  it('have tables of the same name side by side', async () => {
    for (const plugin of ['todo', 'notes']) {
      const client = await host.root.getClient(plugin);
      await client.schema.createTable('items', (table) => table.text('name'));
      await client('items').insert({ name: plugin });
    }
    for (const plugin of ['todo', 'notes']) {
      expect(await (await host.root.getClient(plugin))('items')).toEqual([{ name: plugin }]);
    }
  });

  it('run under roles of their own, which cannot log in', async () => {
    const client = await host.root.getClient('todo');
    const { rows } = await client.raw(
      'SELECT current_user AS role, rolcanlogin FROM pg_roles WHERE rolname = current_user',
    );
    expect(rows).toEqual([{ role: `${database.name}_plugin_todo`, rolcanlogin: false }]);
  });

  it("give their client another plugin's place only by name, not by right", async () => {
    const [todo, notes] = await Promise.all(['todo', 'notes'].map((plugin) => host.root.getClient(plugin)));
    if (pluginDivisionMode === 'schema') {
      const schema = (plugin: string): string => `${database.name}_plugin_${plugin}`;
      await expect(todo!.raw('SELECT * FROM ??.items', schema('notes'))).rejects.toMatchObject(PERMISSION_DENIED);
      await expect(notes!.raw('SELECT * FROM ??.items', schema('todo'))).rejects.toMatchObject(PERMISSION_DENIED);
      await expect(todo!.raw('CREATE TABLE ??.mine (id int)', schema('notes'))).rejects.toMatchObject(
        PERMISSION_DENIED,
      );
      await expect(notes!.raw('DROP TABLE ??.items', schema('todo'))).rejects.toMatchObject(PERMISSION_DENIED);
      await expect(todo!.raw('CREATE TABLE public.mine (id int)')).rejects.toMatchObject(PERMISSION_DENIED);
    } else {
      const { rows } = await todo!.raw('SELECT current_database() AS name');
      expect(rows).toEqual([{ name: `${database.name}_plugin_todo` }]);
      const attempt = todo!.raw('SELECT * FROM ??.public.items', `${database.name}_plugin_notes`);
      await expect(attempt).rejects.toMatchObject({ code: '0A000' });
    }
  });

  it('may not make roles, schemas elsewhere or databases', async () => {
    const client = await host.root.getClient('todo');
    await expect(client.raw('CREATE ROLE intruder')).rejects.toMatchObject(PERMISSION_DENIED);
    await expect(client.raw('CREATE DATABASE intruder')).rejects.toMatchObject(PERMISSION_DENIED);
    if (pluginDivisionMode === 'schema') {
      await expect(client.raw('CREATE SCHEMA intruder')).rejects.toMatchObject(PERMISSION_DENIED);
    }
  });
});
