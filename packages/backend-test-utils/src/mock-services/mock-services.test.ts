import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { coreServices, executionContext } from '@bulkhead/backend-plugin-api';
import request from 'supertest';
import { mockCredentials, mockServices, TestDatabase, type CallRecord, type MockService } from '../index.ts';

// The types of all mocks together are too much for a union.
const makers = mockServices as unknown as Record<string, MockService<object, 'plugin', CallRecord<object>, object>>;

describe('every mock', () => {
  const names = Object.keys(mockServices);

  it('stands for one core service, and each core service has one', () => {
    const mocked = Object.values(makers).map((maker) => maker.factory().service.id);
    expect(mocked.sort()).toEqual(
      Object.values(coreServices)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it.each(names)('%s begins with no calls, alone and from its factory', async (name) => {
    const maker = makers[name]!;
    expect(maker().calls).toEqual([]);
    const made = await maker.factory().factory({}, undefined);
    expect(made).toHaveProperty('calls', []);
  });

  it('can be handed out by a factory', async () => {
    const cache = mockServices.cache();
    const made = await mockServices.cache.factory(cache).factory({}, undefined);
    expect(made).toBe(cache);
  });

  it('learns from its factory which plugin it serves', async () => {
    const factory = mockServices.config.factory({ data: {} });
    const config = await executionContext.run({ pluginId: 'todo' }, () => factory.factory({}, undefined));
    expect(() => config.getString('title')).toThrow("'todo.title'");
  });
});

describe('mockServices.logger', () => {
  it('keeps lines of itself and its children', () => {
    const logger = mockServices.logger({ pluginId: 'todo' });
    const error = new TypeError('boom');
    logger.info('one', { a: 1 });
    logger.child({ task: 't' }).error('two', error);
    expect(logger.lines).toEqual([
      { level: 'info', message: 'one', meta: { plugin: 'todo', a: 1 }, pluginId: 'todo' },
      { level: 'error', message: 'two', meta: { plugin: 'todo', task: 't' }, error, pluginId: 'todo' },
    ]);
    expect(logger.messages('error')).toEqual(['two']);
    expect(logger.callsTo('info')).toEqual([['one', { a: 1 }]]);
    logger.clearLines();
    expect(logger.messages()).toEqual([]);
  });

  it('knows the plugin of a root line from the execution context', () => {
    const logger = mockServices.rootLogger();
    executionContext.run({ pluginId: 'todo' }, () => logger.warn('from inside'));
    expect(logger.lines[0]).toMatchObject({ pluginId: 'todo', meta: {} });
  });
});

describe('mockServices.cache', () => {
  it('lets entries die when its clock has advanced far enough', async () => {
    const cache = mockServices.cache({ entries: { old: 1 }, defaultTtl: { minutes: 1 } });
    await cache.set('a', 'b');
    await cache.withOptions({ ttl: 5 }).set('short', true);
    cache.advance(5);
    expect(cache.entries()).toEqual({ old: 1, a: 'b' });
    cache.advance('1m');
    expect(cache.entries()).toEqual({ old: 1 });
  });
});

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

describe('mockServices.rootConfig', () => {
  it('tells subscribers of an update', () => {
    const config = mockServices.rootConfig({ data: { a: { b: 1 } } });
    let told = 0;
    config.subscribe(() => told++);
    config.update({ data: { a: { b: 2 } } });
    expect(told).toBe(1);
    expect(config.getConfig('a').getNumber('b')).toBe(2);
    expect(config.callsTo('getConfig')).toEqual([['a']]);
  });
});

describe('mockServices.config', () => {
  it('is a section that can be updated', () => {
    const config = mockServices.config({ pluginId: 'todo', data: { pageSize: 5 } });
    config.update({ data: { pageSize: 6 } });
    expect(config.getNumber('pageSize')).toBe(6);
    expect(() => config.getString('title')).toThrow("'todo.title'");
  });
});

describe('mockServices.scheduler', () => {
  const schedule = { frequency: { hours: 1 }, timeout: { minutes: 1 } };

  it('runs tasks when told to, and only then', async () => {
    const scheduler = mockServices.scheduler();
    const ran: string[] = [];
    await scheduler.scheduleTask({ ...schedule, id: 'a', fn: () => void ran.push('a') });
    await scheduler.createScheduledTaskRunner(schedule).run({ id: 'b', fn: async () => void ran.push('b') });
    expect(ran).toEqual([]);
    await scheduler.runTask('b');
    await scheduler.runAllTasks();
    expect(ran).toEqual(['b', 'a', 'b']);
  });

  it('shows failures of triggered tasks and rejects those of run ones', async () => {
    const scheduler = mockServices.scheduler();
    const error = new RangeError('no');
    await scheduler.scheduleTask({ ...schedule, id: 'bad', fn: () => Promise.reject(error) });
    await expect(scheduler.runTask('bad')).rejects.toBe(error);
    await scheduler.triggerTask('bad');
    await new Promise((resolve) => setImmediate(resolve));
    expect(scheduler.failures).toEqual([{ id: 'bad', error }]);
  });
});

describe('mockServices.auditor', () => {
  it('keeps events with their outcome', async () => {
    const auditor = mockServices.auditor();
    const error = new RangeError('no');
    const deletion = await auditor.createEvent({ eventId: 'todo-delete', severityLevel: 'high', meta: { id: 1 } });
    const reading = await auditor.createEvent({ eventId: 'todo-read' });
    expect(auditor.events.map(({ status }) => status)).toEqual(['initiated', 'initiated']);
    await reading.success({ meta: { count: 2 } });
    await deletion.fail({ error });
    expect(auditor.events).toEqual([
      { eventId: 'todo-delete', severityLevel: 'high', meta: { id: 1 }, status: 'failed', error },
      { eventId: 'todo-read', severityLevel: 'low', meta: { count: 2 }, status: 'succeeded' },
    ]);
  });
});

describe('mockServices.auth', () => {
  it.each([
    ['nonsense', 'nonsense'],
    ['without a subject', 'mock-user-token?name=ada'],
    ['for another plugin', mockCredentials.service('plugin:a', { targetPluginId: 'b' }).token],
  ])('refuses a token %s', async (_what, token) => {
    const auth = mockServices.auth({ pluginId: 'todo' });
    await expect(auth.authenticate(token)).rejects.toMatchObject({ code: 'ERR_TEST_MOCK_TOKEN', statusCode: 401 });
  });

  it('makes tokens that people can read', async () => {
    const auth = mockServices.auth({ pluginId: 'todo' });
    const onBehalfOf = mockCredentials.user('user:default/ada');
    expect(onBehalfOf.header).toBe('Bearer mock-user-token?sub=user:default/ada');
    const { token } = await auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'notes' });
    expect(token).toBe('mock-service-token?sub=plugin:todo&aud=notes&obo=user:default/ada');
  });
});

describe('mockCredentials', () => {
  it('hides tokens from those who print or compare credentials', () => {
    const ada = mockCredentials.user('user:default/ada');
    expect(JSON.stringify(ada)).not.toContain('token');
    expect(ada).toEqual({
      $$type: '@backstage/BackstageCredentials',
      version: 'v1',
      principal: { type: 'user', userEntityRef: 'user:default/ada' },
    });
    expect(ada.toString()).toBe('credentials{user user:default/ada}');
    expect(mockCredentials.none()).toMatchObject({ token: '', header: '', principal: { type: 'none' } });
  });

  it('carries restrictions through a token', async () => {
    const accessRestrictions = { permissionNames: ['todo.read'], permissionAttributes: { action: ['read'] } } as const;
    const { token } = mockCredentials.service('external:ci', { accessRestrictions });
    expect(await mockServices.auth().authenticate(token)).toMatchObject({
      principal: { type: 'service', subject: 'external:ci', accessRestrictions },
    });
  });
});

describe('mockServices.permissions', () => {
  it('decides by a function that sees request and credentials', async () => {
    const permissions = mockServices.permissions({
      policy: ({ permission }, { principal }) =>
        permission.name === 'todo.read' && (principal as { type: string }).type === 'user' ? 'ALLOW' : 'DENY',
    });
    const requests = ['todo.read', 'todo.write'].map((name) => ({
      permission: { type: 'basic', name, attributes: {} } as const,
    }));
    expect(await permissions.authorize(requests, { credentials: mockCredentials.user() })).toEqual([
      { result: 'ALLOW' },
      { result: 'DENY' },
    ]);
    expect(await permissions.authorizeConditional(requests, { credentials: mockCredentials.none() })).toEqual([
      { result: 'DENY' },
      { result: 'DENY' },
    ]);
  });
});

describe('mockServices.lifecycle', () => {
  it('runs hooks when told to, shutdown hooks in reverse order', async () => {
    const lifecycle = mockServices.rootLifecycle();
    const ran: string[] = [];
    lifecycle.addStartupHook(() => void ran.push('startup'));
    lifecycle.addDrainHook(() => void ran.push('drain'));
    lifecycle.addBeforeShutdownHook(async () => void ran.push('before'));
    lifecycle.addShutdownHook(() => void ran.push('first'));
    lifecycle.addShutdownHook(() => void ran.push('second'));
    await lifecycle.runStartupHooks();
    expect(() => lifecycle.addStartupHook(() => {})).toThrow(
      expect.objectContaining({ code: 'ERR_RUNTIME_LIFECYCLE_OVER' }),
    );
    await lifecycle.runBeforeShutdownHooks();
    await lifecycle.runDrainHooks();
    await lifecycle.runShutdownHooks();
    expect(ran).toEqual(['startup', 'before', 'drain', 'second', 'first']);
  });

  it('rejects with the failure of a hook after the others have run', async () => {
    const lifecycle = mockServices.lifecycle();
    const error = new RangeError('no');
    let ran = 0;
    lifecycle.addShutdownHook(() => void ran++);
    lifecycle.addShutdownHook(() => Promise.reject(error));
    await expect(lifecycle.runShutdownHooks()).rejects.toBe(error);
    expect(ran).toBe(1);
  });
});

describe('mockServices.urlReader', () => {
  const urlReader = mockServices.urlReader({
    files: {
      'https://example.com/docs/a.md': 'A',
      'https://example.com/docs/deep/b%20c.md': Buffer.from('B'),
      [`https://example.com/docs/${'long/'.repeat(30)}d.md`]: 'D',
      'https://example.com/x.json': '{}',
    },
  });

  it('writes a tree to a folder', async () => {
    const targetDir = await mkdtemp(join(tmpdir(), 'bulkhead-url-reader-'));
    try {
      const tree = await urlReader.readTree('https://example.com/docs');
      expect(await tree.dir({ targetDir })).toBe(targetDir);
      expect(await readFile(join(targetDir, 'deep/b c.md'), 'utf8')).toBe('B');
    } finally {
      await rm(targetDir, { recursive: true });
    }
  });

  it('packs a tree into an archive', async () => {
    const tree = await urlReader.readTree('https://example.com/docs/', { filter: (path) => !path.startsWith('deep') });
    const chunks: Buffer[] = [];
    for await (const chunk of await tree.archive()) chunks.push(Buffer.from(chunk));
    const tar = gunzipSync(Buffer.concat(chunks));
    expect(tar.subarray(0, 4).toString()).toBe('a.md');
    expect(tar.subarray(512, 513).toString()).toBe('A');
    expect(tar.includes(`${'long/'.repeat(30)}d.md`)).toBe(true);
    expect(tar.includes('b c.md')).toBe(false);
  });

  it('refuses hosts of which it has nothing', async () => {
    await expect(urlReader.readUrl('https://other.example.com/')).rejects.toMatchObject({ statusCode: 403 });
  });

  it('forgets what is removed', async () => {
    const reader = mockServices.urlReader();
    reader.setFile('https://example.com/a', 'A');
    expect((await (await reader.readUrl('https://example.com/a')).buffer()).toString()).toBe('A');
    reader.removeFile('https://example.com/a');
    await expect(reader.readUrl('https://example.com/a')).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('mockServices.rootHost', () => {
  it('stands where it is put and tells listeners', () => {
    const host = mockServices.rootHost({ phase: 'starting', plugins: { todo: 'starting' } });
    const changed: unknown[] = [];
    const end = host.onChange((pluginId) => changed.push(pluginId));
    host.setPhase('ready');
    host.setPluginPhase('todo', 'ready');
    host.reportFault('todo', 'text');
    end();
    host.setPhase('draining');
    expect(changed).toEqual([undefined, 'todo', 'todo']);
    expect(host.getPhase()).toBe('draining');
    expect(host.getPlugin('todo')).toMatchObject({
      phase: 'ready',
      faultCount: 1,
      faults: [{ error: { message: 'text' } }],
    });
  });
});

describe('mockServices.rootHealth', () => {
  it('is as ready as the test lets it be', async () => {
    const health = mockServices.rootHealth({ phase: 'starting' });
    expect(await health.getReadiness()).toMatchObject({ status: 503 });
    health.setPhase('ready');
    expect(await health.getReadiness()).toMatchObject({ status: 200 });
    health.indicator.set(false);
    expect(await health.getReadiness()).toMatchObject({ status: 503 });
    expect(await health.getLiveness()).toMatchObject({ status: 200 });
  });

  it('has indicators that are as healthy as they are told to be', () => {
    const indicator = mockServices.rootHealthIndicator({ id: 'queue' });
    indicator.set(false, 'full');
    expect(indicator.check()).toEqual({ healthy: false, reason: 'full' });
  });
});

describe('mockServices.httpRouter', () => {
  it('refuses what no policy opens and answers errors as a host does', async () => {
    const router = mockServices.httpRouter({ pluginId: 'todo' });
    router.addAuthPolicy({ path: '/open', allow: 'unauthenticated' });
    router.use((req, res) => void res.json({ path: req.path }));
    await request(router.app).get('/api/todo/open/door').expect(200, { path: '/open/door' });
    await request(router.app).get('/api/todo/openness').expect(401);
    await request(router.app).get('/api/todo/a').set('authorization', mockCredentials.user().header).expect(200);
    const { body } = await request(router.app).get('/other').expect(404);
    expect(body).toMatchObject({ error: { name: 'NotFoundError' }, request: { method: 'GET', url: '/other' } });
  });

  it('lets everybody in as somebody if asked to', async () => {
    const router = mockServices.httpRouter({ defaultCredentials: mockCredentials.service() });
    router.use((_req, res) => void res.json({}));
    await request(router.app).get('/api/test').expect(200);
  });
});

describe('mockServices.rootHttpRouter', () => {
  it('serves what was mounted and refuses what would shadow it', async () => {
    const router = mockServices.rootHttpRouter();
    router.use('/metrics', (_req, res) => void res.send('up 1'));
    expect(() => router.use('/metrics/today', () => {})).toThrow(
      expect.objectContaining({ code: 'ERR_TEST_PATH_CONFLICT' }),
    );
    await request(router.app).get('/metrics').expect(200, 'up 1');
  });
});
