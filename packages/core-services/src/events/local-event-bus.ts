import { executionContext, type EventParams, type EventsServiceEventHandler } from '@bulkhead/backend-plugin-api';
import { toError } from './to-error.ts';

/** One who wants events, and for whom a failure of its own is logged. */
export interface Subscriber {
  /** Unique among all plugins, but for several of one plugin that go by the same id. */
  readonly id: string;
  readonly pluginId: string;
  readonly topics: ReadonlySet<string>;
  readonly onEvent: EventsServiceEventHandler;
  readonly onFailure: (failure: EventFailure) => void;
}

/** A subscriber has not been able to deal with an event. */
export interface EventFailure {
  readonly subscriberId: string;
  readonly topic: string;
  readonly error: Error;
}

/** Brings events to the subscribers of this process. */
export class LocalEventBus {
  readonly #subscribers = new Map<string, Set<Subscriber>>();

  /** @returns the ids of those who have got the event, whether they have been able to deal with it or not */
  async publish(event: EventParams): Promise<string[]> {
    const subscribers = [...(this.#subscribers.get(event.topic) ?? [])];
    await Promise.all(subscribers.map((subscriber) => deliver(subscriber, event)));
    return [...new Set(subscribers.map(({ id }) => id))];
  }

  subscribe(subscriber: Subscriber): void {
    for (const topic of subscriber.topics) {
      const others = this.#subscribers.get(topic);
      if (others) others.add(subscriber);
      else this.#subscribers.set(topic, new Set([subscriber]));
    }
  }

  /** Takes subscribers out: from now on their events are for others who go by the same ids. */
  unsubscribe(subscriber: Subscriber): void {
    for (const topic of subscriber.topics) {
      const others = this.#subscribers.get(topic);
      others?.delete(subscriber);
      if (others?.size === 0) this.#subscribers.delete(topic);
    }
  }
}

/**
 * Has a subscriber deal with an event, as work of its plugin. Never rejects.
 *
 * What is logged meanwhile can still be found by the request that has led to the event. How long somebody waits for the
 * answer to that is nothing to the subscriber.
 */
export async function deliver(subscriber: Subscriber, event: EventParams): Promise<void> {
  const { id, pluginId, onEvent, onFailure } = subscriber;
  const { requestId, traceparent } = executionContext.current() ?? {};
  try {
    await executionContext.run({ pluginId, requestId, traceparent }, async () => onEvent(event));
  } catch (thrown) {
    onFailure({ subscriberId: id, topic: event.topic, error: toError(thrown) });
  }
}
