import type { ServerResponse } from 'node:http';
import type { CalledOperation } from '@bulkhead/openapi/client';

// What the plugin 'events', as Backstage publishes it, serves below /bus/v1.

const SUBSCRIPTION_ID = {
  name: 'subscriptionId',
  part: 'path',
  style: 'simple',
  explode: false,
  required: true,
  shape: { type: 'scalar', scalars: ['string'] },
} as const;

/** Its bodies are written by the caller, who knows best what a failure to do so means. */
const WRITTEN_JSON = { required: true, contents: [{ mediaType: 'application/json', kind: 'binary' }] } as const;

/** Tells the bus of an event. */
export const POST_EVENT: CalledOperation = {
  operationId: 'PostEvent',
  method: 'POST',
  path: '/bus/v1/events',
  parameters: [],
  body: WRITTEN_JSON,
  responses: { '2XX': [] },
};

/** Makes the bus keep events for a subscription, or alters which. */
export const PUT_SUBSCRIPTION: CalledOperation = {
  operationId: 'PutSubscription',
  method: 'PUT',
  path: '/bus/v1/subscriptions/{subscriptionId}',
  parameters: [SUBSCRIPTION_ID],
  body: WRITTEN_JSON,
  responses: { '2XX': [] },
};

/** Takes the next events of a subscription: 200 with events, or 202 and a body that ends when there may be some. */
export const GET_SUBSCRIPTION_EVENTS: CalledOperation = {
  operationId: 'GetSubscriptionEvents',
  method: 'GET',
  path: '/bus/v1/subscriptions/{subscriptionId}/events',
  parameters: [SUBSCRIPTION_ID],
  responses: {
    200: [{ mediaType: 'application/json', kind: 'json' }],
    // It has no type, since nothing is in it.
    202: [{ mediaType: 'application/octet-stream', kind: 'binary' }],
  },
};

/** How long the bus holds back the answer to {@link GET_SUBSCRIPTION_EVENTS} at most, in milliseconds. */
export const NOTIFY_TIMEOUT_HEADER = 'backstage-events-notify-timeout';

/** Whether a response is one that the bus holds back until there are events; it has taken none out for it. */
export function isHeldBackByBus(response: ServerResponse): boolean {
  return response.statusCode === 202 && response.hasHeader(NOTIFY_TIMEOUT_HEADER);
}
