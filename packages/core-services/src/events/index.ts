/**
 * Tells plugins what has happened, in this process and in others.
 *
 * @packageDocumentation
 */

export { eventsServiceFactory } from './events-service-factory.ts';
export { PluginEventsService, type PluginEventsServiceOptions } from './plugin-events-service.ts';
export { LocalEventBus, type EventFailure, type Subscriber } from './local-event-bus.ts';
