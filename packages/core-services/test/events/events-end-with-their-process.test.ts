import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Inbox } from './inbox.ts';
import { testBus } from './test-bus.ts';

const test = testBus();
const { startProcess, subscribe } = test;

/** Something that the test lets go on. */
function createGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open!: () => void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

describe('A process that stops', () => {
  it('hangs up on the bus', async () => {
    const process = startProcess();
    await subscribe(process.plugin('notes'), 'keeper', () => {});
    await subscribe(process.plugin('todo'), 'keeper', () => {});
    await process.stop();
    await test.bus.until(() => test.bus.held.size === 0);
  });

  it('deals with all events that it has taken', async () => {
    const process = startProcess();
    const [inbox, gate] = [new Inbox(), createGate()];
    await subscribe(process.plugin('notes'), 'keeper', async ({ eventPayload }) => {
      inbox.put(eventPayload);
      await gate.passed;
    });
    const publisher = startProcess().plugin('todo');
    await publisher.publish({ topic: 'made', eventPayload: 1 });
    await inbox.has(1);
    await publisher.publish({ topic: 'made', eventPayload: 2 });
    const steps: string[] = [];
    const stopped = process.stop().then(() => steps.push('stopped'));
    steps.push('dealt with');
    gate.open();
    await stopped;
    expect(steps).toEqual(['dealt with', 'stopped']);
    expect(inbox.items).toEqual([1]);
    // What it has not taken is there for its next life.
    await startProcess()
      .plugin('notes')
      .subscribe({ id: 'keeper', topics: ['made'], onEvent: async (event) => inbox.put(event.eventPayload) });
    expect(await inbox.has(2)).toEqual([1, 2]);
  });

  it('waits for events that the bus has given out', async () => {
    const process = startProcess();
    const [inbox, asked, answered] = [new Inbox(), createGate(), createGate()];
    test.bus.intercept = ({ method }, response) => {
      if (method !== 'GET') return false;
      asked.open();
      void answered.passed.then(() => response.json({ events: [1, 2].map((payload) => ({ topic: 'made', payload })) }));
      return true;
    };
    await process
      .plugin('notes')
      .subscribe({ id: 'keeper', topics: ['made'], onEvent: async (event) => inbox.put(event.eventPayload) });
    await asked.passed;
    const stopped = process.stop();
    answered.open();
    await stopped;
    expect(inbox.items).toEqual([1, 2]);
  });

  describe('while the bus does not answer', () => {
    afterEach(() => void jest.useRealTimers());

    it('waits no longer than some seconds', async () => {
      const process = startProcess();
      const asked = createGate();
      test.bus.intercept = ({ method }) => {
        if (method === 'GET') asked.open();
        return method === 'GET';
      };
      await process.plugin('notes').subscribe({ id: 'keeper', topics: ['made'], onEvent: async () => {} });
      await asked.passed;
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
      const stopped = process.stop();
      jest.advanceTimersByTime(5_000);
      await stopped;
    });
  });

  it('does not wait for a bus that is down', async () => {
    const process = startProcess({ backoff: { first: 1_000_000, longest: 1_000_000 } });
    await subscribe(process.plugin('notes'), 'keeper', () => {});
    const bringUp = await test.takeDown();
    while (process.logger.messages('warn').length === 0) await new Promise((resolve) => setImmediate(resolve));
    await process.stop();
    await bringUp();
  });

  it('publishes what is being published, and nothing more', async () => {
    const process = startProcess();
    const [inbox, gate] = [new Inbox(), createGate()];
    const notes = process.plugin('notes');
    await subscribe(notes, 'keeper', async ({ eventPayload }) => {
      inbox.put(eventPayload);
      await gate.passed;
    });
    const publishing = notes.publish({ topic: 'made', eventPayload: 1 });
    const stopped = process.stop();
    gate.open();
    await Promise.all([publishing, stopped]);
    expect(test.bus.requests.filter(({ method }) => method === 'POST')).toMatchObject([
      { body: { notifiedSubscribers: ['notes.keeper'] } },
    ]);
    await expect(notes.publish({ topic: 'made', eventPayload: 2 })).rejects.toMatchObject({
      code: 'ERR_EVENTS_STOPPED',
      statusCode: 503,
      message: expect.stringContaining("'made'"),
    });
    await notes.subscribe({ id: 'late', topics: ['made'], onEvent: async () => inbox.put('late') });
    expect(inbox.items).toEqual([1]);
  });
});

it('Events for a plugin that has stopped are for those who go by the same ids elsewhere', async () => {
  const [a, b] = [startProcess(), startProcess()];
  const [here, there] = [new Inbox(), new Inbox()];
  const notes = a.plugin('notes');
  await subscribe(notes, 'keeper', () => here.put('here'));
  await subscribe(b.plugin('notes'), 'keeper', () => there.put('there'));
  await notes.stop();
  await a.plugin('todo').publish({ topic: 'made', eventPayload: 1 });
  expect(await there.has(1)).toEqual(['there']);
  expect(here.items).toEqual([]);
});
