import { describe, expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import { formatError } from '@bulkhead/errors';
import express from 'express';

/** Keeps words, and tells what it knows about itself. */
const words = createBackendPlugin({
  pluginId: 'words',
  register(env) {
    env.registerInit({
      deps: {
        http: coreServices.httpRouter,
        config: coreServices.config,
        database: coreServices.database,
        logger: coreServices.logger,
        plugin: coreServices.pluginMetadata,
      },
      async init({ http, config, database, logger, plugin }) {
        const title = config.getString('title');
        const client = await database.getClient();
        await client.schema.createTable('words', (table) => table.text('word').primary());
        const router = express.Router();
        router.get('/', async (_req, res) => {
          res.json({
            pluginId: plugin.getId(),
            title,
            words: await client('words').pluck<string[]>('word'),
          });
        });
        router.put('/:word', async (req, res) => {
          await client('words').insert({ word: req.params.word });
          logger.info('kept');
          res.status(204).end();
        });
        http.use(router);
      },
    });
  },
});

describe('two instances of one plugin', () => {
  it('have each their own mount, configuration, tables and logger', async () => {
    const { agent, anonymous, logs, database } = await startTestBackend({
      features: [words, { feature: words, pluginId: 'minio' }],
      config: { words: { title: 'Words' }, minio: { title: 'Minio' } },
    });
    // The same word twice: in one table it would be refused.
    await agent.put('/api/words/tide').expect(204);
    await agent.put('/api/minio/tide').expect(204);
    await agent.put('/api/minio/hull').expect(204);

    await agent.get('/api/words').expect(200, { pluginId: 'words', title: 'Words', words: ['tide'] });
    await agent.get('/api/minio').expect(200, { pluginId: 'minio', title: 'Minio', words: ['tide', 'hull'] });
    await anonymous.get('/api/minio').expect(401);

    const kept = logs.lines.filter(({ message }) => message === 'kept');
    expect(kept.map(({ pluginId }) => pluginId)).toEqual(['words', 'minio', 'minio']);
    const owner = await database!.client();
    const { rows } = await owner.raw<{ rows: { schema: string }[] }>(
      "SELECT table_schema AS schema FROM information_schema.tables WHERE table_name = 'words' ORDER BY 1",
    );
    expect(new Set(rows.map(({ schema }) => schema)).size).toBe(2);
  });

  it('name each their own missing configuration', async () => {
    const started = startTestBackend({
      features: [words, { feature: words, pluginId: 'minio' }],
      config: { words: { title: 'Words' } },
    });
    const error: unknown = await started.catch((reason: unknown) => reason);
    expect(formatError(error)).toContain("'minio.title' is missing");
    expect(formatError(error)).not.toContain('words.title');
  });
});
