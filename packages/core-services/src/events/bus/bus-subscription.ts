import { executionContext, type LoggerService } from '@bulkhead/backend-plugin-api';
import { context, ROOT_CONTEXT } from '../../telemetry/open-telemetry.ts';
import { subscriptionLost } from '../errors.ts';
import { deliver, type Subscriber } from '../local-event-bus.ts';
import { toError } from '../to-error.ts';
import { Backoff, type BackoffOptions } from './backoff.ts';
import type { BusReading, EventBusClient } from './event-bus-client.ts';
import type { EventBusPresence } from './event-bus-presence.ts';
import type { Notification } from './notification.ts';

/** What {@link BusSubscription} is made of. */
export interface BusSubscriptionOptions {
  readonly pluginId: string;
  readonly id: string;
  readonly client: EventBusClient;
  readonly presence: EventBusPresence;
  readonly logger: LoggerService;
  readonly backoff?: BackoffOptions;
}

/** How long a stop waits for events that may be on their way, in milliseconds. */
const STOP_PATIENCE = 5_000;

/**
 * Takes events of other processes from the bus for those of a plugin that go by one id, until it is stopped. Each event
 * is for one of them, as it would be if they ran in different processes.
 */
export class BusSubscription {
  readonly #options: BusSubscriptionOptions;
  readonly #backoff: Backoff;
  readonly #reading = new AbortController();
  readonly #subscribers: Subscriber[] = [];
  #state: 'unknown to the bus' | 'just told' | 'known' = 'unknown to the bus';
  #turn = 0;
  #awaited: Notification | undefined;
  #isStopping = false;
  #ended: Promise<void> | undefined;

  constructor(options: BusSubscriptionOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.backoff);
  }

  /** Takes events for another one, too. */
  add(subscriber: Subscriber): void {
    const known = this.#topics();
    this.#subscribers.push(subscriber);
    if (![...subscriber.topics].every((topic) => known.has(topic))) {
      this.#state = 'unknown to the bus';
      this.#awaited?.cancel();
    }
    this.#ended ??= this.#runOnItsOwn();
  }

  /** Takes no more events. @returns when those that were taken have been dealt with */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#backoff.stop();
    this.#awaited?.cancel();
    // The bus does not give out again what it has begun to answer, so that is waited for.
    const timer = setTimeout(() => this.#reading.abort(), STOP_PATIENCE);
    await this.#ended;
    clearTimeout(timer);
  }

  /** What it does is part of no request and of no trace: whoever subscribed has long gone on. */
  #runOnItsOwn(): Promise<void> {
    const { pluginId } = this.#options;
    return executionContext.run({ pluginId }, () => context.with(ROOT_CONTEXT, () => this.#run()));
  }

  async #run(): Promise<void> {
    const { presence } = this.#options;
    while (!this.#isStopping && presence.isAssumed) {
      try {
        await this.#takeTurn();
      } catch (error) {
        presence.doubt(error);
        if (presence.isAssumed && !this.#isStopping) await this.#noteFailure(toError(error));
      }
    }
  }

  async #takeTurn(): Promise<void> {
    const { id, client } = this.#options;
    if (this.#state === 'unknown to the bus') {
      // Whoever comes meanwhile makes it unknown again.
      this.#state = 'just told';
      await client.putSubscription(id, [...this.#topics()]).catch((error: unknown) => {
        this.#state = 'unknown to the bus';
        throw error;
      });
    } else {
      await this.#dealWith(await client.read(id, this.#reading.signal));
    }
  }

  async #dealWith(reading: BusReading): Promise<void> {
    if (reading.type === 'unknown') {
      this.#noteUnknown();
      return;
    }
    if (this.#state === 'just told') this.#state = 'known';
    this.#noteSuccess();
    if (reading.type === 'idle') {
      await this.#wait(reading.notification);
      return;
    }
    for (const event of reading.events) {
      const subscriber = this.#nextFor(event.topic);
      if (subscriber) await deliver(subscriber, event);
    }
  }

  #noteUnknown(): void {
    const { id, logger } = this.#options;
    const wasJustTold = this.#state === 'just told';
    this.#state = 'unknown to the bus';
    if (wasJustTold) throw subscriptionLost(id);
    logger.info(`The event bus has forgotten the subscription '${id}'; it is made anew`);
  }

  async #wait(notification: Notification): Promise<void> {
    if (this.#isStopping || this.#state === 'unknown to the bus') {
      notification.cancel();
      return;
    }
    this.#awaited = notification;
    try {
      await notification.wait();
    } finally {
      this.#awaited = undefined;
    }
  }

  /** Those who want a topic take turns. */
  #nextFor(topic: string): Subscriber | undefined {
    const interested = this.#subscribers.filter(({ topics }) => topics.has(topic));
    return interested[this.#turn++ % interested.length];
  }

  #topics(): Set<string> {
    return new Set(this.#subscribers.flatMap(({ topics }) => [...topics]));
  }

  #noteSuccess(): void {
    const { id, logger, presence } = this.#options;
    presence.confirm();
    if (this.#backoff.failures > 0) logger.info(`Subscription '${id}' gets events from the event bus again`);
    this.#backoff.reset();
  }

  async #noteFailure(error: Error): Promise<void> {
    const { id, logger } = this.#options;
    const isFirst = this.#backoff.failures === 0;
    await this.#backoff.pause((milliseconds) => {
      const message = `Subscription '${id}' gets no events from the event bus; it tries again in ${milliseconds} ms`;
      if (isFirst) logger.warn(message, error);
      else logger.debug(message, error);
    });
  }
}
