import { describe, expect, it } from '@jest/globals';
import { mockServices, TestDatabase } from '../index.ts';

describe('mockServices.database', () => {
  it('is a real database, made when it is wanted', async () => {
    const database = mockServices.database({ skipMigrations: true });
    expect(database.migrations).toEqual({ skip: true });
    const client = await database.getClient();
    await client.schema.createTable('notes', (table) => table.text('text'));
    expect(await client('notes')).toEqual([]);
    await database.dispose();
    await expect(client('notes')).rejects.toThrow();
  });

  it('can be one that the test holds', async () => {
    await using held = await TestDatabase.create();
    const database = mockServices.database({ database: held });
    const client = await database.getClient();
    await client.schema.createTable('notes', (table) => table.text('text'));
    await database.dispose();
    const owner = await held.client();
    const { rows } = await owner.raw("SELECT FROM pg_tables WHERE tablename = 'notes'");
    expect(rows).toHaveLength(1);
    expect(await database.testDatabase()).toBe(held);
  });
});
