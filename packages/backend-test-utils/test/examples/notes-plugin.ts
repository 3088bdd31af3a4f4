/** The plugin that the examples of the documentation test: it keeps short notes, each for its owner. */
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
  type AuditorService,
  type CacheService,
  type HttpAuthService,
} from '@bulkhead/backend-plugin-api';
import { InputError } from '@bulkhead/errors';
import express, { type Router } from 'express';
import type { Knex } from 'knex';

/** Told of new notes. */
export interface NoteListeners {
  add(listener: (text: string) => void): void;
  remove(listener: (text: string) => void): void;
}

export const noteListenersExtensionPoint = createExtensionPoint<NoteListeners>({ id: 'notes.listeners' });

const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () => ['create-notes'],
  getMigrationName: (name) => name,
  getMigration: async () => ({
    up: (client) =>
      client.schema.createTable('notes', (table) => {
        table.increments('id');
        table.text('owner').notNullable();
        table.text('text').notNullable();
      }),
    down: (client) => client.schema.dropTable('notes'),
  }),
};

interface RouterOptions {
  readonly auth: HttpAuthService;
  readonly auditor: AuditorService;
  readonly client: Knex;
  readonly maxLength: number;
}

function createRouter({ auth, auditor, client, maxLength }: RouterOptions): Router {
  const router = express.Router();
  router.post('/', express.json(), async (req, res) => {
    const { principal } = await auth.credentials(req, { allow: ['user'] });
    const { text } = req.body as { text: string };
    if (text.length > maxLength) throw new InputError(`A note has at most ${maxLength} characters`);
    const event = await auditor.createEvent({ eventId: 'note-create', request: req });
    await client('notes').insert({ owner: principal.userEntityRef, text });
    await event.success();
    res.status(201).json({ text });
  });
  router.get('/', async (req, res) => {
    const { principal } = await auth.credentials(req, { allow: ['user'] });
    const notes = await client('notes').where({ owner: principal.userEntityRef }).orderBy('id').pluck<string[]>('text');
    res.json({ notes });
  });
  return router;
}

export const notesPlugin = createBackendPlugin({
  pluginId: 'notes',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.httpAuth,
        config: coreServices.config,
        database: coreServices.database,
        http: coreServices.httpRouter,
        scheduler: coreServices.scheduler,
      },
      async init({ auditor, auth, config, database, http, scheduler }) {
        const client = await database.getClient();
        await client.migrate.latest({ migrationSource });
        await scheduler.scheduleTask({
          id: 'purge',
          frequency: { hours: 24 },
          // Without it the first run begins at once, and a note that is made meanwhile may be purged.
          initialDelay: { hours: 24 },
          timeout: { minutes: 5 },
          fn: async () => void (await client('notes').delete()),
        });
        http.use(createRouter({ auth, auditor, client, maxLength: config.getOptionalNumber('maxLength') ?? 1000 }));
      },
    });
  },
});

/** A module that announces notes. */
export const announceModule = createBackendModule({
  pluginId: 'notes',
  moduleId: 'announce',
  register(env) {
    env.registerInit({
      deps: { listeners: noteListenersExtensionPoint, logger: coreServices.logger },
      async init({ listeners, logger }) {
        listeners.add((text) => logger.info(`New: ${text}`));
      },
    });
  },
});

/** Remembers how often something was read. */
export class ReadCounter {
  readonly #cache: CacheService;

  constructor(cache: CacheService) {
    this.#cache = cache.withOptions({ ttl: { minutes: 5 } });
  }

  async count(id: string): Promise<number> {
    const count = ((await this.#cache.get<number>(id)) ?? 0) + 1;
    await this.#cache.set(id, count);
    return count;
  }
}

export const readCounterFactory = createServiceFactory({
  service: createServiceRef<ReadCounter>({ id: 'notes.readCounter' }),
  deps: { cache: coreServices.cache },
  factory: ({ cache }) => new ReadCounter(cache),
});
