import { describe, expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin, type PluginFeature } from '@bulkhead/backend-plugin-api';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import express, { type Router } from 'express';
import type { Knex } from 'knex';

/** Counts visits. */
interface Visits {
  add(): Promise<void>;
  count(): Promise<number>;
}

function createVisitsRouter(visits: Visits): Router {
  const router = express.Router();
  router.post('/visits', async (_req, res) => {
    await visits.add();
    res.status(204).end();
  });
  router.get('/visits', async (_req, res) => {
    res.json({ count: await visits.count() });
  });
  return router;
}

/** What one should not write: each process has a count of its own. */
const countingInMemory = createBackendPlugin({
  pluginId: 'visits',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        let count = 0;
        http.use(createVisitsRouter({ add: async () => void count++, count: async () => count }));
      },
    });
  },
});

const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () => ['create-visits'],
  getMigrationName: (name) => name,
  getMigration: async () => ({
    up: (client) =>
      client.schema.createTable('visits', (table) => table.timestamp('at').notNullable().defaultTo(client.fn.now())),
    down: (client) => client.schema.dropTable('visits'),
  }),
};

/** The same with its state where all processes see it. */
const countingInDatabase = createBackendPlugin({
  pluginId: 'visits',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter, database: coreServices.database },
      async init({ http, database }) {
        const client = await database.getClient();
        await client.migrate.latest({ migrationSource });
        http.use(
          createVisitsRouter({
            add: async () => void (await client('visits').insert({})),
            count: async () => Number((await client('visits').count({ count: '*' }))[0]?.count),
          }),
        );
      },
    });
  },
});

/** A test as a plugin's author writes it. */
async function expectVisitsToBeCounted(plugin: PluginFeature, replicas: number): Promise<void> {
  await using backend = await startTestBackend({ features: [plugin], replicas });
  await backend.agent.post('/api/visits/visits').expect(204);
  await backend.agent.post('/api/visits/visits').expect(204);
  await backend.agent.get('/api/visits/visits').expect(200, { count: 2 });
}

describe('a plugin with state in memory', () => {
  it('passes its test alone', async () => {
    await expectVisitsToBeCounted(countingInMemory, 1);
  });

  it('fails the same test as two replicas', async () => {
    await expect(expectVisitsToBeCounted(countingInMemory, 2)).rejects.toThrow('count: 1');
  });
});

describe('a plugin with state in the database', () => {
  it.each([1, 2])('passes the test as %i replicas', async (replicas) => {
    await expectVisitsToBeCounted(countingInDatabase, replicas);
  });
});
