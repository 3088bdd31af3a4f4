import type {
  EventParams,
  EventsService,
  EventsServiceSubscribeOptions,
  LoggerService,
} from '@bulkhead/backend-plugin-api';
import type { BackoffOptions } from './bus/backoff.ts';
import { BusSubscription } from './bus/bus-subscription.ts';
import type { EventBusClient } from './bus/event-bus-client.ts';
import type { EventBusPresence } from './bus/event-bus-presence.ts';
import { eventsStopped } from './errors.ts';
import type { EventFailure, LocalEventBus, Subscriber } from './local-event-bus.ts';

/** What {@link PluginEventsService} is made of. */
export interface PluginEventsServiceOptions {
  readonly pluginId: string;
  readonly localBus: LocalEventBus;
  readonly logger: LoggerService;
  /** Told of subscribers of the plugin that fail. Default: writes it to the log. */
  readonly onFailure?: (failure: EventFailure) => void;
  /** What leads to other processes. */
  readonly bus?: { readonly client: EventBusClient; readonly presence: EventBusPresence };
  /** How long to wait when the bus fails. */
  readonly backoff?: BackoffOptions;
}

/** Publishes and takes events for one plugin: in this process first, then by the bus. */
export class PluginEventsService implements EventsService {
  readonly #options: PluginEventsServiceOptions;
  readonly #subscribers: Subscriber[] = [];
  readonly #subscriptions = new Map<string, BusSubscription>();
  readonly #publishing = new Set<Promise<void>>();
  #isDraining = false;
  #isStopped = false;

  constructor(options: PluginEventsServiceOptions) {
    this.#options = options;
  }

  /**
   * {@inheritDoc EventsService.publish}
   *
   * @throws ServiceUnavailableError `ERR_EVENTS_STOPPED`; InputError `ERR_EVENTS_PAYLOAD`; what calls of the plugin `events`
   *   throw
   */
  async publish(params: EventParams): Promise<void> {
    if (this.#isStopped) throw eventsStopped(this.#options.pluginId, params.topic);
    const publishing = this.#publish(params);
    this.#publishing.add(publishing);
    try {
      await publishing;
    } finally {
      this.#publishing.delete(publishing);
    }
  }

  /** {@inheritDoc EventsService.subscribe} */
  async subscribe({ id, topics, onEvent }: EventsServiceSubscribeOptions): Promise<void> {
    const { pluginId, localBus, bus } = this.#options;
    if (this.#isStopped) return;
    const subscriber: Subscriber = {
      id: `${pluginId}.${id}`,
      pluginId,
      topics: new Set(topics),
      onEvent,
      onFailure: this.#options.onFailure ?? ((failure) => this.#logFailure(failure)),
    };
    this.#subscribers.push(subscriber);
    localBus.subscribe(subscriber);
    if (bus?.presence.isAssumed && !this.#isDraining) this.#subscriptionOf(subscriber.id, bus).add(subscriber);
  }

  /** Takes no more events from other processes. @returns when those that were taken have been dealt with */
  async drain(): Promise<void> {
    this.#isDraining = true;
    await Promise.all(Array.from(this.#subscriptions.values(), (subscription) => subscription.stop()));
  }

  /** Takes and publishes no more events at all. @returns when those under way have been dealt with */
  async stop(): Promise<void> {
    this.#isStopped = true;
    // What others publish from now on is for those who go by the same ids in other processes.
    for (const subscriber of this.#subscribers) this.#options.localBus.unsubscribe(subscriber);
    await this.drain();
    await Promise.allSettled(this.#publishing);
  }

  async #publish(params: EventParams): Promise<void> {
    const { localBus, bus } = this.#options;
    const notifiedSubscribers = await localBus.publish(params);
    if (!bus?.presence.isAssumed) return;
    try {
      await bus.client.publish(params, notifiedSubscribers);
      bus.presence.confirm();
    } catch (error) {
      if (!bus.presence.doubt(error)) throw error;
    }
  }

  #logFailure({ subscriberId, topic, error }: EventFailure): void {
    this.#options.logger.warn(`Subscriber '${subscriberId}' failed to deal with an event of topic '${topic}'`, error);
  }

  #subscriptionOf(id: string, bus: NonNullable<PluginEventsServiceOptions['bus']>): BusSubscription {
    let subscription = this.#subscriptions.get(id);
    if (!subscription) {
      subscription = new BusSubscription({ ...this.#options, ...bus, id });
      this.#subscriptions.set(id, subscription);
    }
    return subscription;
  }
}
