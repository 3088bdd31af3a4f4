import type { AuthService, EventParams } from '@bulkhead/backend-plugin-api';
import { responseOf, type CallOptions, type CallResponse, type ClientConnection } from '@bulkhead/openapi/client';
import { payloadNotJson, unreadableEvents } from '../errors.ts';
import {
  GET_SUBSCRIPTION_EVENTS,
  NOTIFY_TIMEOUT_HEADER,
  POST_EVENT,
  PUT_SUBSCRIPTION,
} from './event-bus-operations.ts';
import { Notification } from './notification.ts';

/** What the bus has for a subscription. */
export type BusReading =
  | { readonly type: 'events'; readonly events: readonly EventParams[] }
  /** Nothing yet. */
  | { readonly type: 'idle'; readonly notification: Notification }
  /** It knows no such subscription, or there is no bus. */
  | { readonly type: 'unknown' };

/** What {@link EventBusClient} is made of. */
export interface EventBusClientOptions {
  /** Leads to the plugin `events`. */
  readonly connection: ClientConnection;
  readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>;
}

const NOT_FOUND = 404;

/** Speaks with the bus, as one plugin. */
export class EventBusClient {
  readonly #options: EventBusClientOptions;

  constructor(options: EventBusClientOptions) {
    this.#options = options;
  }

  /**
   * Gives the bus an event, for subscriptions that have not got it already.
   *
   * @throws InputError `ERR_EVENTS_PAYLOAD`; what calls throw. See {@link isBusMissing}
   */
  async publish({ topic, eventPayload }: EventParams, notifiedSubscribers: readonly string[]): Promise<void> {
    // The bus demands a payload, and JSON has no undefined.
    const event = { topic, payload: eventPayload ?? null };
    await this.#call(POST_EVENT, { body: writeEvent(event, notifiedSubscribers) });
  }

  /** Makes the bus keep events of some topics for a subscription. @throws as {@link publish} */
  async putSubscription(subscriptionId: string, topics: readonly string[]): Promise<void> {
    await this.#call(PUT_SUBSCRIPTION, { path: { subscriptionId }, body: JSON.stringify({ topics }) });
  }

  /**
   * Takes the next events of a subscription. They are for the caller alone: the bus does not give them out again.
   *
   * @param signal - gives up the call, and with it events that may be on their way
   * @throws ServiceUnavailableError `ERR_EVENTS_UNREADABLE`; what calls throw
   */
  async read(subscriptionId: string, signal: AbortSignal): Promise<BusReading> {
    try {
      // Whoever asks comes again by itself.
      const options = { signal, retries: false } as const;
      const response = await this.#call(GET_SUBSCRIPTION_EVENTS, { path: { subscriptionId } }, options);
      return readResponse(response, subscriptionId);
    } catch (error) {
      if (isBusMissing(error)) return { type: 'unknown' };
      throw error;
    }
  }

  async #call(
    operation: Parameters<ClientConnection['call']>[0],
    request: Parameters<ClientConnection['call']>[1],
    options?: CallOptions,
  ): Promise<CallResponse> {
    const { connection, auth } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    return connection.call(operation, request, { ...options, credentials });
  }
}

/** Whether an error says that there is nothing where the bus should be. */
export function isBusMissing(error: unknown): boolean {
  return responseOf(error)?.status === NOT_FOUND;
}

function writeEvent(event: { topic: string; payload: unknown }, notifiedSubscribers: readonly string[]): string {
  try {
    return JSON.stringify({ event, notifiedSubscribers });
  } catch (error) {
    throw payloadNotJson(event.topic, error);
  }
}

function readResponse({ status, headers, body }: CallResponse, subscriptionId: string): BusReading {
  if (status !== 200) {
    const notification = new Notification(body as ReadableStream<Uint8Array>, headers[NOTIFY_TIMEOUT_HEADER]);
    return { type: 'idle', notification };
  }
  const { events } = (body ?? {}) as { readonly events?: unknown };
  if (!Array.isArray(events) || !events.every(isWireEvent)) throw unreadableEvents(subscriptionId);
  return { type: 'events', events: events.map(({ topic, payload }) => ({ topic, eventPayload: payload })) };
}

function isWireEvent(value: unknown): value is { readonly topic: string; readonly payload: unknown } {
  return typeof (value as { readonly topic?: unknown } | null)?.topic === 'string';
}
