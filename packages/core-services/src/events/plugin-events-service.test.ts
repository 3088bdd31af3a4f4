import { expect, it } from '@jest/globals';
import type { EventsService } from '@bulkhead/backend-plugin-api';
import { createServiceTester, mockServices, provideService, type ServiceTester } from '@bulkhead/backend-test-utils';
import { describeEventsService } from '@bulkhead/backend-test-utils/contracts';
import { clientsServiceRef } from '@bulkhead/openapi';
import { createConnection } from '@bulkhead/openapi/client';
import type { JsonValue } from '@bulkhead/types';
import { httpServerServiceRef, type HttpServerService } from '../http-server/index.ts';
import { eventsServiceFactory } from './events-service-factory.ts';

// Nothing is there: what is sent goes wrong.
const clients = provideService(clientsServiceRef, {
  connect: () => createConnection({ baseUrl: 'http://127.0.0.1:1/api/events' }),
});

const server = provideService(httpServerServiceRef, { endOnDrain: () => {} } as unknown as HttpServerService);

function createTester(useEventBus: JsonValue, logger = mockServices.logger()): ServiceTester<EventsService> {
  const rootConfig = mockServices.rootConfig({ data: { events: { useEventBus } } });
  return createServiceTester(eventsServiceFactory, { services: { rootConfig, logger }, deps: [clients, server] });
}

describeEventsService('PluginEventsService', async () => {
  const logger = mockServices.logger();
  const FAILURE = /^Subscriber '(.*)' failed to deal with an event of topic 'todo'$/;
  return {
    service: await createTester('never', logger).get('todo'),
    pluginId: 'todo',
    failed: () => logger.messages('warn').map((message) => FAILURE.exec(message)?.[1] ?? message),
  };
});

it('brings events from plugin to plugin, with subscribers of the same name in each', async () => {
  const tester = createTester('never');
  const [todo, notes] = await Promise.all([tester.get('todo'), tester.get('notes')]);
  const seen: string[] = [];
  await todo.subscribe({ id: 'x', topics: ['made'], onEvent: async () => void seen.push('todo') });
  await notes.subscribe({ id: 'x', topics: ['made'], onEvent: async () => void seen.push('notes') });
  await todo.publish({ topic: 'made', eventPayload: 1 });
  expect(seen).toEqual(['todo', 'notes']);
});

it('needs no payload that JSON could hold where there is no bus', async () => {
  const events = await createTester('never').get('todo');
  const payload = { big: 1n };
  const seen: unknown[] = [];
  await events.subscribe({
    id: 'x',
    topics: ['made'],
    onEvent: async ({ eventPayload }) => void seen.push(eventPayload),
  });
  await events.publish({ topic: 'made', eventPayload: payload });
  expect(seen[0]).toBe(payload);
});

it.each([
  ['sometimes', 'ERR_CONFIG_VALUE'],
  [5, 'ERR_CONFIG_TYPE'],
])('refuses events.useEventBus: %s', async (useEventBus, code) => {
  await expect(createTester(useEventBus).get('todo')).rejects.toMatchObject({
    cause: { code, message: expect.stringContaining("'events.useEventBus'") },
  });
});
