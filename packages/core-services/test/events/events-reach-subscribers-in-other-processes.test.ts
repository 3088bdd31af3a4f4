import { beforeEach, describe, expect, it } from '@jest/globals';
import { executionContext, type EventParams } from '@bulkhead/backend-plugin-api';
import { EventBus } from './event-bus.ts';
import { Inbox } from './inbox.ts';
import { testBus } from './test-bus.ts';

const test = testBus();
const { startProcess, subscribe } = test;

const payloadsInto =
  (inbox: Inbox): ((event: EventParams) => void) =>
  ({ eventPayload }) =>
    inbox.put(eventPayload);

describe('An event', () => {
  it('reaches a subscriber in another process, as its plugin', async () => {
    const [a, b] = [startProcess(), startProcess()];
    const inbox = new Inbox();
    await subscribe(b.plugin('notes'), 'keeper', (event) => inbox.put([event, executionContext.current()?.pluginId]));
    const event = { topic: 'made', eventPayload: { id: 5 }, metadata: { 'x-from': 'a' } };
    await executionContext.run({ pluginId: 'todo', requestId: 'request-1' }, () => a.plugin('todo').publish(event));
    expect(await inbox.has(1)).toEqual([[{ topic: 'made', eventPayload: { id: 5 } }, 'notes']]);
  });

  it('is told to the bus as the published events backend has it', async () => {
    const [a, b] = [startProcess(), startProcess()];
    await subscribe(b.plugin('notes'), 'keeper/of things', () => {}, ['made', 'unmade']);
    const todo = a.plugin('todo');
    await todo.subscribe({ id: 'own', topics: ['made'], onEvent: async () => {} });
    await test.bus.until(() => test.bus.held.size === 2);
    await todo.publish({ topic: 'made', eventPayload: undefined });
    const path = '/bus/v1/subscriptions/notes.keeper%2Fof%20things';
    const authorization = 'Bearer token-of-notes';
    expect(test.bus.requests.slice(0, 2)).toEqual([
      { method: 'PUT', path, authorization, body: { topics: ['made', 'unmade'] } },
      { method: 'GET', path: `${path}/events`, authorization, body: undefined },
    ]);
    expect(test.bus.requests.find(({ method }) => method === 'POST')).toEqual({
      method: 'POST',
      path: '/bus/v1/events',
      authorization: 'Bearer token-of-todo',
      body: { event: { topic: 'made', payload: null }, notifiedSubscribers: ['todo.own'] },
    });
  });

  it('is dealt with once by those who go by one id, wherever it was published', async () => {
    const inbox = new Inbox();
    const services = [startProcess(), startProcess()].map((process) => process.plugin('notes'));
    for (const service of services) await subscribe(service, 'keeper', payloadsInto(inbox));
    const publisher = startProcess().plugin('todo');
    for (let id = 0; id < 5; id++) {
      await publisher.publish({ topic: 'made', eventPayload: `far ${id}` });
      await services[id % 2]!.publish({ topic: 'made', eventPayload: `near ${id}` });
    }
    await inbox.has(10);
    await test.stopProcesses();
    expect([...inbox.items].sort()).toEqual(
      ['far', 'near'].flatMap((where) => [0, 1, 2, 3, 4].map((id) => `${where} ${id}`)),
    );
  });

  it('comes to each of those who go by one id in one process in turn, and only to those who want its topic', async () => {
    const inbox = new Inbox();
    const notes = startProcess().plugin('notes');
    await subscribe(notes, 'keeper', ({ topic }) => inbox.put(`first ${topic}`), ['made']);
    await notes.subscribe({
      id: 'keeper',
      topics: ['made', 'unmade'],
      onEvent: async ({ topic }) => inbox.put(`second ${topic}`),
    });
    await test.bus.until(
      () => test.bus.subscriptions.get('notes.keeper')?.topics.length === 2 && test.bus.held.size === 1,
    );
    const publisher = startProcess().plugin('todo');
    for (const topic of ['made', 'made', 'unmade']) await publisher.publish({ topic, eventPayload: 1 });
    expect([...(await inbox.has(3))].sort()).toEqual(['first made', 'second made', 'second unmade']);
  });

  it('hurts no other when a subscriber cannot deal with it', async () => {
    const inbox = new Inbox();
    const process = startProcess();
    await subscribe(process.plugin('notes'), 'keeper', ({ eventPayload }) => {
      inbox.put(eventPayload);
      if (eventPayload === 1) throw new TypeError('no');
    });
    const publisher = startProcess().plugin('todo');
    await publisher.publish({ topic: 'made', eventPayload: 1 });
    await publisher.publish({ topic: 'made', eventPayload: 2 });
    expect(await inbox.has(2)).toEqual([1, 2]);
    expect(process.logger.messages('warn')).toEqual([
      "Subscriber 'notes.keeper' failed to deal with an event of topic 'made'",
    ]);
  });

  it('that JSON cannot hold reaches its own process, and its publisher learns that it goes no further', async () => {
    const inbox = new Inbox();
    const todo = startProcess().plugin('todo');
    await subscribe(todo, 'own', payloadsInto(inbox));
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    await expect(todo.publish({ topic: 'made', eventPayload: circle })).rejects.toMatchObject({
      code: 'ERR_EVENTS_PAYLOAD',
      statusCode: 400,
    });
    expect(inbox.items).toEqual([circle]);
  });
});

describe('A bus', () => {
  it('that is held back for no longer than it says is asked again', async () => {
    await test.replaceBus(new EventBus(1));
    await subscribe(startProcess().plugin('notes'), 'keeper', () => {});
    await test.bus.until(() => test.bus.requests.filter(({ method }) => method === 'GET').length > 3);
  });

  it('that has forgotten a subscription is told of it again', async () => {
    const inbox = new Inbox();
    const process = startProcess();
    await subscribe(process.plugin('notes'), 'keeper', payloadsInto(inbox));
    test.bus.forget();
    await test.bus.until(() => test.bus.subscriptions.size === 1 && test.bus.held.size === 1);
    await startProcess().plugin('todo').publish({ topic: 'made', eventPayload: 1 });
    expect(await inbox.has(1)).toEqual([1]);
    expect(process.logger.messages('warn')).toEqual([]);
    expect(process.logger.messages('info')).toEqual([expect.stringContaining("'notes.keeper'")]);
  });

  it('that keeps no subscription is not asked over and over', async () => {
    const process = startProcess({ backoff: { first: 1, longest: 60_000 } });
    test.bus.intercept = ({ method }) => {
      if (method === 'GET') test.bus.subscriptions.clear();
      return false;
    };
    await process.plugin('notes').subscribe({ id: 'keeper', topics: ['made'], onEvent: async () => {} });
    await test.bus.until(() => test.bus.requests.filter(({ method }) => method === 'PUT').length === 4);
    expect(process.logger.lines).toMatchObject([
      { level: 'warn', error: expect.objectContaining({ code: 'ERR_EVENTS_SUBSCRIPTION_LOST' }) },
      { level: 'debug' },
      { level: 'debug' },
    ]);
  });

  it.each(['{"events":[{"payload":1}]}', '{"events":{}}', 'null'])(
    'that answers with %s is asked again later',
    async (body) => {
      const process = startProcess();
      const inbox = new Inbox();
      const [todo, notes] = [startProcess().plugin('todo'), process.plugin('notes')];
      await subscribe(notes, 'keeper', payloadsInto(inbox));
      let isAnswered = false;
      test.bus.intercept = ({ method }, response) => {
        if (method !== 'GET' || isAnswered) return false;
        response.type('json').send(body);
        return (isAnswered = true);
      };
      await todo.publish({ topic: 'made', eventPayload: 1 });
      expect(await inbox.has(1)).toEqual([1]);
      expect(process.logger.lines).toMatchObject([
        { level: 'warn', error: expect.objectContaining({ code: 'ERR_EVENTS_UNREADABLE' }) },
        { level: 'info' },
      ]);
    },
  );
});

describe('While the bus is down', () => {
  it('events reach their own process, their publisher learns that they go no further, and all is well afterwards', async () => {
    const [near, far] = [new Inbox(), new Inbox()];
    const [a, b] = [startProcess(), startProcess()];
    const todo = a.plugin('todo');
    await subscribe(a.plugin('tags'), 'own', payloadsInto(near));
    await subscribe(b.plugin('notes'), 'keeper', payloadsInto(far));
    const bringUp = await test.takeDown();
    await expect(todo.publish({ topic: 'made', eventPayload: 1 })).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_CLIENT_(UNREACHABLE|CONNECTION_LOST)$/),
    });
    expect(near.items).toEqual([1]);
    await bringUp();
    await test.bus.until(() => test.bus.held.size === 2);
    await todo.publish({ topic: 'made', eventPayload: 2 });
    expect(await far.has(1)).toEqual([2]);
    expect(near.items).toEqual([1, 2]);
    expect(b.logger.messages('warn')).toHaveLength(1);
    expect(b.logger.messages('info')).toHaveLength(1);
  });

  it('what a publisher was refused is not told to those who have got it', async () => {
    const todo = startProcess().plugin('todo');
    const inbox = new Inbox();
    await subscribe(todo, 'own', payloadsInto(inbox));
    test.bus.intercept = ({ method }, response) => {
      if (method !== 'POST') return false;
      response.status(500).json({ error: { name: 'Error', message: 'no' }, response: { statusCode: 500 } });
      return true;
    };
    await expect(todo.publish({ topic: 'made', eventPayload: 1 })).rejects.toMatchObject({ statusCode: 500 });
    expect(inbox.items).toEqual([1]);
  });
});

describe('Where there is no bus', () => {
  beforeEach(() => {
    test.bus.intercept = (_request, response) => {
      const error = { name: 'NotFoundError', message: 'No', code: 'ERR_HTTP_UNKNOWN_PLUGIN' };
      response.status(404).json({ error, response: { statusCode: 404 } });
      return true;
    };
  });

  it('it is found out once for all plugins of a process', async () => {
    const process = startProcess();
    const [todo, notes, inbox] = [process.plugin('todo'), process.plugin('notes'), new Inbox()];
    await todo.publish({ topic: 'made', eventPayload: 0 });
    await notes.subscribe({ id: 'keeper', topics: ['made'], onEvent: async (event) => inbox.put(event.eventPayload) });
    await todo.publish({ topic: 'made', eventPayload: 1 });
    await notes.publish({ topic: 'made', eventPayload: 2 });
    expect(inbox.items).toEqual([1, 2]);
    expect(test.bus.requests).toHaveLength(1);
    expect(process.logger.lines).toMatchObject([{ level: 'info', message: expect.stringContaining("'events'") }]);
  });

  it('it is found out by who subscribes, too', async () => {
    const process = startProcess();
    const notes = process.plugin('notes');
    await notes.subscribe({ id: 'keeper', topics: ['made'], onEvent: async () => {} });
    await test.bus.until(() => test.bus.requests.length === 1);
    await process.stop();
    expect(test.bus.requests).toHaveLength(1);
    expect(process.logger.messages('info')).toHaveLength(1);
  });

  it('it is tried again if there has to be one, and publishers are told', async () => {
    const process = startProcess({ mode: 'always' });
    const notes = process.plugin('notes');
    await notes.subscribe({ id: 'keeper', topics: ['made'], onEvent: async () => {} });
    await test.bus.until(() => test.bus.requests.length === 3);
    await expect(notes.publish({ topic: 'made', eventPayload: 1 })).rejects.toMatchObject({ statusCode: 404 });
    test.bus.intercept = () => false;
    await test.bus.until(() => test.bus.held.size === 1);
  });

  it('it is not looked for if none is wanted', async () => {
    const notes = startProcess({ mode: 'never' }).plugin('notes');
    await notes.subscribe({ id: 'keeper', topics: ['made'], onEvent: async () => {} });
    await notes.publish({ topic: 'made', eventPayload: 1 });
    expect(test.bus.requests).toEqual([]);
  });
});

describe('Where a host of another make knows no bus', () => {
  beforeEach(() => {
    test.bus.intercept = (_request, response) => {
      response.status(404).end();
      return true;
    };
  });

  it('it may be that it has not come up yet', async () => {
    const inbox = new Inbox();
    const [notes, todo] = [startProcess().plugin('notes'), startProcess().plugin('todo')];
    await notes.subscribe({ id: 'keeper', topics: ['made'], onEvent: async (event) => inbox.put(event.eventPayload) });
    await todo.publish({ topic: 'made', eventPayload: 1 });
    await test.bus.until(() => test.bus.requests.length > 4);
    test.bus.intercept = () => false;
    await test.bus.until(() => test.bus.held.size === 1);
    await todo.publish({ topic: 'made', eventPayload: 2 });
    expect(await inbox.has(1)).toEqual([2]);
  });

  it('it is believed in the end', async () => {
    const process = startProcess({ patience: 0 });
    const notes = process.plugin('notes');
    await notes.publish({ topic: 'made', eventPayload: 1 });
    await notes.publish({ topic: 'made', eventPayload: 2 });
    expect(test.bus.requests).toHaveLength(1);
    expect(process.logger.messages('info')).toHaveLength(1);
  });
});
