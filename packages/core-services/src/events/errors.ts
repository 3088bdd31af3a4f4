import { InputError, ServiceUnavailableError } from '@bulkhead/errors';

/** An event was published by a plugin that has stopped. */
export function eventsStopped(pluginId: string, topic: string): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `Plugin '${pluginId}' has stopped, and can publish no more events; this one has the topic '${topic}'`,
    {
      code: 'ERR_EVENTS_STOPPED',
      hint: 'Publish in a shutdown hook at the latest, and wait for it there.',
    },
  );
}

/** What an event says cannot be sent to other processes. */
export function payloadNotJson(topic: string, cause: unknown): InputError {
  return new InputError(`The event of topic '${topic}' cannot be sent to other processes: its payload is no JSON`, {
    code: 'ERR_EVENTS_PAYLOAD',
    hint: 'Publish plain JSON: no circles, no big integers.',
    cause,
  });
}

/** The bus does not know a subscription that it has just been told of. */
export function subscriptionLost(subscriptionId: string): ServiceUnavailableError {
  return new ServiceUnavailableError(`The event bus does not keep the subscription '${subscriptionId}'`, {
    code: 'ERR_EVENTS_SUBSCRIPTION_LOST',
    hint: 'Replicas of the plugin events need one PostgreSQL: those that keep events in memory know nothing of each other.',
  });
}

/** The bus has answered with something that is no list of events. */
export function unreadableEvents(subscriptionId: string): ServiceUnavailableError {
  return new ServiceUnavailableError(`The event bus has given no list of events to '${subscriptionId}'`, {
    code: 'ERR_EVENTS_UNREADABLE',
    hint: 'Check what answers at /api/events: it should be the plugin events.',
  });
}
