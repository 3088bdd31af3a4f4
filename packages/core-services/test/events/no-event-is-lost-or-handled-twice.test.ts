import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventBus, listenForEvents } from './event-bus.ts';
import { EventProcess } from './event-process.ts';
import { Inbox } from './inbox.ts';

const PROCESSES = 3;
const TOPICS = ['made', 'moved', 'gone'];

const topics = fc.uniqueArray(fc.constantFrom(...TOPICS), { minLength: 1 });
const hosts = fc.uniqueArray(fc.nat(PROCESSES - 1), { minLength: 1 });

/** A subscriber of any id, which runs in some of the processes and wants the same topics in each. */
const subscribers = fc.uniqueArray(
  fc.record({
    pluginId: fc.constantFrom('notes', 'tags'),
    id: fc.constantFrom('a', 'b', 'a/b %'),
    topics,
    hosts,
    fails: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4, selector: ({ pluginId, id }) => `${pluginId}.${id}` },
);

const publications = fc.array(
  fc.record({ host: fc.nat(PROCESSES - 1), topic: fc.constantFrom(...TOPICS), together: fc.boolean() }),
  { maxLength: 25 },
);

it('however subscribers are spread over processes, and wherever events are published', async () => {
  const property = fc.asyncProperty(subscribers, publications, async (given, published) => {
    const bus = new EventBus();
    await using listening = await listenForEvents(bus);
    const processes = Array.from({ length: PROCESSES }, () => new EventProcess(listening.baseUrl));
    const inbox = new Inbox<string>();
    for (const { pluginId, id, topics: wanted, hosts: where, fails } of given) {
      const onEvent = async ({ eventPayload }: { readonly eventPayload: unknown }): Promise<void> => {
        inbox.put(`${pluginId}.${id} ${String(eventPayload)}`);
        if (fails) throw new TypeError('no');
      };
      for (const host of where) await processes[host]!.plugin(pluginId).subscribe({ id, topics: wanted, onEvent });
    }
    await bus.until(() => bus.held.size === given.reduce((sum, { hosts: where }) => sum + where.length, 0));

    const publisher = processes.map((process) => process.plugin('publisher'));
    const together: Promise<void>[] = [];
    for (const [index, { host, topic, together: isTogether }] of published.entries()) {
      if (!isTogether) await Promise.all(together.splice(0));
      together.push(publisher[host]!.publish({ topic, eventPayload: index }));
    }
    await Promise.all(together);

    const expected = given.flatMap(({ pluginId, id, topics: wanted }) =>
      published.flatMap(({ topic }, index) => (wanted.includes(topic) ? [`${pluginId}.${id} ${index}`] : [])),
    );
    await inbox.has(expected.length);
    await Promise.all(processes.map((process) => process.stop()));
    expect([...inbox.items].sort()).toEqual(expected.sort());
  });
  await fc.assert(property, { numRuns: 30 });
});
