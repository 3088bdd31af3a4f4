import { mockServices, type MockLogger } from '@bulkhead/backend-test-utils';
import { createConnection } from '@bulkhead/openapi/client';
import type { BackoffOptions } from '../../src/events/bus/backoff.ts';
import { EventBusClient } from '../../src/events/bus/event-bus-client.ts';
import { EventBusPresence } from '../../src/events/bus/event-bus-presence.ts';
import type { EventBusMode } from '../../src/events/event-bus-mode.ts';
import { LocalEventBus } from '../../src/events/local-event-bus.ts';
import { PluginEventsService } from '../../src/events/plugin-events-service.ts';

/** How a process treats the bus. */
export interface EventProcessOptions {
  readonly mode?: EventBusMode;
  readonly backoff?: BackoffOptions;
  /** How long it puts up with hosts that know no bus, in milliseconds. */
  readonly patience?: number;
}

/** What plugins of one process have for events, without a host around it. */
export class EventProcess {
  readonly logger: MockLogger = mockServices.logger();
  readonly #options: EventProcessOptions;
  readonly #baseUrl: string;
  readonly #localBus = new LocalEventBus();
  readonly #presence: EventBusPresence;
  readonly #services: PluginEventsService[] = [];

  /** @param baseUrl - of the plugin `events` */
  constructor(baseUrl: string, options: EventProcessOptions = {}) {
    this.#baseUrl = baseUrl;
    this.#options = options;
    this.#presence = new EventBusPresence({ mode: 'auto', ...options, logger: this.logger });
  }

  /** The service of a plugin. */
  plugin(pluginId: string): PluginEventsService {
    const auth = mockServices.auth({ pluginId });
    const policy = { retries: 0, breakerFailures: 0 };
    const connection = createConnection({ baseUrl: this.#baseUrl, token: `token-of-${pluginId}`, policy });
    const service = new PluginEventsService({
      pluginId,
      localBus: this.#localBus,
      logger: this.logger,
      bus: { client: new EventBusClient({ connection, auth }), presence: this.#presence },
      backoff: this.#options.backoff ?? { first: 1, longest: 4 },
    });
    this.#services.push(service);
    return service;
  }

  /** Ends as a host does. */
  async stop(): Promise<void> {
    await Promise.all(this.#services.map((service) => service.drain()));
    await Promise.all(this.#services.map((service) => service.stop()));
  }
}
