/** What README.md and docs/guides/testing.md show; see the-documentation-shows-code-that-runs.test.ts. */
import { expect, it } from '@jest/globals';
import { AuthenticationError, ServiceUnavailableError } from '@bulkhead/errors';
import {
  createServiceTester,
  mockClient,
  mockCredentials,
  mockServices,
  provideService,
  recordCalls,
  resolveService,
  startTestBackend,
  TcpProxy,
  TestDatabase,
} from '@bulkhead/backend-test-utils';
import {
  announceModule,
  noteListenersExtensionPoint,
  notesPlugin,
  ReadCounter,
  readCounterFactory,
} from './notes-plugin.ts';
import { NotesClient, notesClientRef } from './notes-client.ts';
import { reminderPlugin } from './reminder-plugin.ts';

it('keeps notes', async () => {
  const { agent, anonymous } = await startTestBackend({
    features: [notesPlugin],
    config: { notes: { maxLength: 20 } },
  });
  await agent.post('/api/notes').send({ text: 'Buy rope' }).expect(201);
  await agent.get('/api/notes').expect(200, { notes: ['Buy rope'] });
  await anonymous.get('/api/notes').expect(401);
});

it('keeps notes apart', async () => {
  const { as } = await startTestBackend({ features: [notesPlugin] });
  const ada = as(mockCredentials.user('user:default/ada'));
  const bob = as(mockCredentials.user('user:default/bob'));
  const todo = as(mockCredentials.service('plugin:todo'));

  await ada.post('/api/notes').send({ text: 'Secret' }).expect(201);
  await bob.get('/api/notes').expect(200, { notes: [] });
  await todo.get('/api/notes').expect(403);
});

it('has notes after a restart', async () => {
  const { agent, restart } = await startTestBackend({ features: [notesPlugin] });
  await agent.post('/api/notes').send({ text: 'Buy rope' }).expect(201);
  await restart();
  await agent.get('/api/notes').expect(200, { notes: ['Buy rope'] });
});

it('keeps no state in memory', async () => {
  const { agent } = await startTestBackend({ features: [notesPlugin], replicas: 2 });
  await agent.post('/api/notes').send({ text: 'Buy rope' }).expect(201);
  await agent.get('/api/notes').expect(200, { notes: ['Buy rope'] });
});

it('purges notes, and leaves a trace of who made them', async () => {
  const scheduler = mockServices.scheduler();
  const auditor = mockServices.auditor();
  const { agent } = await startTestBackend({ features: [notesPlugin], services: { scheduler, auditor } });

  await agent.post('/api/notes').send({ text: 'Buy rope' }).expect(201);
  expect(auditor.events).toMatchObject([{ eventId: 'note-create', status: 'succeeded' }]);

  await scheduler.runTask('purge');
  await agent.get('/api/notes').expect(200, { notes: [] });
});

it('counts reads of the last five minutes', async () => {
  const cache = mockServices.cache();
  const counter = new ReadCounter(cache);
  expect(await counter.count('a')).toBe(1);
  expect(await counter.count('a')).toBe(2);
  cache.advance('5m');
  expect(await counter.count('a')).toBe(1);
});

it('announces notes', async () => {
  const listeners: ((text: string) => void)[] = [];
  const { logs } = await startTestBackend({
    features: [announceModule],
    extensionPoints: [[noteListenersExtensionPoint, { add: (listener) => void listeners.push(listener) }]],
  });
  listeners[0]!('Buy rope');
  expect(logs.messages('info')).toContain('New: Buy rope');
});

it('counts for each plugin by itself', async () => {
  const counter = await resolveService(readCounterFactory, { pluginId: 'notes' });
  expect(await counter.count('a')).toBe(1);

  const tester = createServiceTester(readCounterFactory);
  await (await tester.get('notes')).count('a');
  expect(await (await tester.get('todo')).count('a')).toBe(1);
});

it('says that the database is away', async () => {
  await using database = await TestDatabase.create();
  await using proxy = await TcpProxy.start(database.connection);
  const connection = { port: proxy.port };
  await using backend = await startTestBackend({
    features: [notesPlugin],
    database,
    config: { backend: { database: { connection, admin: { connection } } } },
  });
  await proxy.cut();
  await backend.agent.get('/api/notes').expect(503);
});

it('reminds of what another plugin keeps', async () => {
  const notes = mockClient<NotesClient>({ listNotes: async () => ({ notes: ['Buy rope'] }) });
  const { agent } = await startTestBackend({ features: [reminderPlugin, provideService(notesClientRef, notes)] });
  await agent.get('/api/reminder').expect(200, { reminder: 'Think of: Buy rope' });

  const [[, options] = []] = notes.callsTo('listNotes');
  expect(options?.credentials?.principal).toMatchObject({ userEntityRef: 'user:default/mock' });
});

it('reminds of what another plugin fails to tell', async () => {
  const listNotes = async () => {
    throw new ServiceUnavailableError('Not now');
  };
  const notes = provideService(notesClientRef, mockClient<NotesClient>({ listNotes }));
  const { agent } = await startTestBackend({ features: [reminderPlugin, notes] });
  await agent.get('/api/reminder').expect(503);
});

it('is called through a client', async () => {
  const backend = await startTestBackend({ features: [notesPlugin, reminderPlugin] });
  const notes = new NotesClient(backend.connect('notes', mockCredentials.user('user:default/ada')));
  await notes.createNote({ body: { text: 'Buy rope' } });
  expect(await notes.listNotes()).toEqual({ notes: ['Buy rope'] });
  await expect(new NotesClient(backend.connect('notes', mockCredentials.none())).listNotes()).rejects.toThrow(
    AuthenticationError,
  );
});

it('reminds each of their own', async () => {
  const { as } = await startTestBackend({ features: [notesPlugin, reminderPlugin] });
  const ada = as(mockCredentials.user('user:default/ada'));
  await ada.post('/api/notes').send({ text: 'Buy rope' }).expect(201);
  await ada.get('/api/reminder').expect(200, { reminder: 'Think of: Buy rope' });
  await as(mockCredentials.user('user:default/bob')).get('/api/reminder').expect(200, { reminder: 'Nothing to do' });
});

it('greets', () => {
  const greeter = recordCalls({ greet: (name: string) => `Hello ${name}` });
  greeter.greet('Ada');
  expect(greeter.callsTo('greet')).toEqual([['Ada']]);
});
