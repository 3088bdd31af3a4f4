import type { EventsService } from '@bulkhead/backend-plugin-api';
import { LocalEventBus, PluginEventsService, type EventFailure } from '@bulkhead/core-services/events';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import { createMockLogger } from './logger.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** A subscriber that could not deal with an event. */
export interface MockEventFailure {
  /** With the id of its plugin in front: `todo.indexer`. */
  readonly subscriberId: string;
  readonly topic: string;
  readonly error: Error;
}

/** Brings events to whoever has subscribed to this very mock. */
export type MockEvents = Recorded<
  EventsService,
  {
    /** Failures of subscribers, of which publishers learn nothing. */
    readonly failures: readonly MockEventFailure[];
  }
>;

/** @internal */
export function createMockEvents({ pluginId = 'test' }: MockPluginOptions): MockEvents {
  const failures: EventFailure[] = [];
  const service = new PluginEventsService({
    pluginId,
    localBus: new LocalEventBus(),
    logger: createMockLogger({ pluginId }),
    onFailure: (failure) => failures.push(failure),
  });
  return recordCalls<EventsService, Pick<MockEvents, 'failures'>>(service, { failures });
}
