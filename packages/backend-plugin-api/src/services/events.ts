/** Something that has happened. */
export interface EventParams<TPayload = unknown> {
  /** What it is about: subscribers name the topics that they want. */
  readonly topic: string;
  /** What has happened. JSON, if it is to reach subscribers of other processes. */
  readonly eventPayload: TPayload;
  /** What belongs to it and is no part of it, such as the headers of a webhook. Stays in this process. */
  readonly metadata?: Readonly<Record<string, string | string[] | undefined>>;
}

/** Takes an event. What it throws is logged, and hurts nobody else. */
export type EventsServiceEventHandler = (params: EventParams) => Promise<void>;

/** Who wants which events. */
export interface EventsServiceSubscribeOptions {
  /**
   * Names the subscriber within its plugin. Of those that go by the same id in several processes, one gets each event.
   */
  readonly id: string;
  readonly topics: readonly string[];
  readonly onEvent: EventsServiceEventHandler;
}

/**
 * Tells others what has happened, without knowing who they are. Events reach the plugins of this process, and those of
 * others if the plugin `events` runs somewhere in the deployment.
 */
export interface EventsService {
  /**
   * Publishes an event. Fulfilled when the subscribers in this process have dealt with it, and the others will learn of
   * it.
   *
   * @throws what keeps it from subscribers in other processes; those in this one have got it by then
   */
  publish(params: EventParams): Promise<void>;
  /** Has a handler called for each event of the given topics from now on. */
  subscribe(options: EventsServiceSubscribeOptions): Promise<void>;
}
