import { describe, expect, it } from '@jest/globals';
import { executionContext, type EventParams, type EventsService } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** What a plugin has for events, and what became of some. */
export interface EventsServiceSubject extends ContractSubject<EventsService> {
  /** The plugin that `service` serves. */
  readonly pluginId: string;
  /** The ids of those who could not deal with an event, with the id of the plugin in front. */
  failed(): readonly string[];
}

const EVENT: EventParams = { topic: 'todo', eventPayload: { id: 5 }, metadata: { 'x-origin': ['a', 'b'] } };

/** Contract of {@link EventsService}, as far as one process goes. */
export function describeEventsService(name: string, create: CreateSubject<EventsServiceSubject>): void {
  describe(`${name} as an EventsService`, () => {
    const subject = subjectPerTest(create);
    describeDelivery(subject);
    describeFailures(subject);
  });
}

/** Subscribes, and keeps what comes. */
async function record(service: EventsService, id: string, topics: readonly string[]): Promise<EventParams[]> {
  const events: EventParams[] = [];
  await service.subscribe({ id, topics, onEvent: async (event) => void events.push(event) });
  return events;
}

function describeDelivery(subject: () => EventsServiceSubject): void {
  it('brings an event to all who want its topic, as it was published', async () => {
    const { service } = subject();
    const one = await record(service, 'one', ['todo']);
    const another = await record(service, 'another', ['note', 'todo']);
    const third = await record(service, 'third', ['note']);
    await service.publish(EVENT);
    expect([one, another, third]).toEqual([[EVENT], [EVENT], []]);
  });

  it('brings events in their order, and none from before', async () => {
    const { service } = subject();
    await service.publish({ topic: 'todo', eventPayload: 0 });
    const events = await record(service, 'one', ['todo', 'note']);
    await service.publish({ topic: 'todo', eventPayload: 1 });
    await service.publish({ topic: 'note', eventPayload: 2 });
    expect(events.map(({ eventPayload }) => eventPayload)).toEqual([1, 2]);
  });

  it('brings an event once to who has named its topic twice', async () => {
    const { service } = subject();
    const events = await record(service, 'one', ['todo', 'todo']);
    await service.publish(EVENT);
    expect(events).toHaveLength(1);
  });

  it('lets the publisher wait until the event has been dealt with', async () => {
    const { service } = subject();
    const steps: string[] = [];
    const onEvent = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      steps.push('dealt with');
    };
    await service.subscribe({ id: 'one', topics: ['todo'], onEvent });
    await service.publish(EVENT);
    steps.push('published');
    expect(steps).toEqual(['dealt with', 'published']);
  });

  it('deals with events as work of the plugin that wants them, whoever has published them', async () => {
    const { service, pluginId } = subject();
    const contexts: unknown[] = [];
    const onEvent = async (): Promise<void> => {
      await Promise.resolve();
      contexts.push(executionContext.current());
    };
    await service.subscribe({ id: 'one', topics: ['todo'], onEvent });
    await executionContext.run({ pluginId: 'publisher', requestId: 'request-1', deadline: 1 }, () =>
      service.publish(EVENT),
    );
    expect(contexts).toEqual([expect.objectContaining({ pluginId, requestId: 'request-1' })]);
    expect(contexts).toEqual([expect.not.objectContaining({ deadline: 1 })]);
  });

  it('takes subscribers while an event is dealt with, for the next one', async () => {
    const { service } = subject();
    const late: EventParams[] = [];
    const onEvent = async (): Promise<void> =>
      service.subscribe({ id: 'late', topics: ['todo'], onEvent: async (event) => void late.push(event) });
    await service.subscribe({ id: 'one', topics: ['todo'], onEvent });
    await service.publish(EVENT);
    expect(late).toEqual([]);
  });
}

function describeFailures(subject: () => EventsServiceSubject): void {
  it.each<[string, () => Promise<void>]>([
    ['rejects', () => Promise.reject(new TypeError('no'))],
    [
      'throws',
      () => {
        throw new TypeError('no');
      },
    ],
    [
      'throws what is no error',
      () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- it is what the test is about
        throw 'no';
      },
    ],
  ])('keeps it from everybody else when a subscriber %s', async (_how, onEvent) => {
    const { service, pluginId, failed } = subject();
    await service.subscribe({ id: 'bad', topics: ['todo'], onEvent });
    const events = await record(service, 'good', ['todo']);
    await service.publish(EVENT);
    await service.publish(EVENT);
    expect(events).toHaveLength(2);
    expect(failed()).toEqual([`${pluginId}.bad`, `${pluginId}.bad`]);
  });
}
