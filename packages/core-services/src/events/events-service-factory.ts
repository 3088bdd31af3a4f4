import {
  coreServices,
  createServiceFactory,
  type DiscoveryService,
  type EventsService,
  type RootHostService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { clientsServiceRef } from '@bulkhead/openapi';
import { httpServerServiceRef, type HttpServerService } from '../http-server/http-server-service.ts';
import { EventBusClient } from './bus/event-bus-client.ts';
import { isHeldBackByBus } from './bus/event-bus-operations.ts';
import { EventBusPresence } from './bus/event-bus-presence.ts';
import { readEventBusMode } from './event-bus-mode.ts';
import { LocalEventBus } from './local-event-bus.ts';
import { PluginEventsService } from './plugin-events-service.ts';

/** The plugin that keeps events for subscribers in other processes. */
const EVENTS_PLUGIN = 'events';

/** Provides {@link coreServices.events}. */
export const eventsServiceFactory: ServiceFactory<EventsService, 'plugin'> = createServiceFactory({
  service: coreServices.events,
  deps: {
    rootConfig: coreServices.rootConfig,
    rootLogger: coreServices.rootLogger,
    rootLifecycle: coreServices.rootLifecycle,
    metadata: coreServices.pluginMetadata,
    logger: coreServices.logger,
    lifecycle: coreServices.lifecycle,
    auth: coreServices.auth,
    discovery: coreServices.discovery,
    host: coreServices.rootHost,
    clients: clientsServiceRef,
    server: httpServerServiceRef,
  },
  createRootContext: ({ rootConfig, rootLogger, server }) => {
    // Where the bus is a plugin of this process, it would be held up by subscribers of others.
    server.endOnDrain(isHeldBackByBus);
    return {
      localBus: new LocalEventBus(),
      presence: new EventBusPresence({ mode: readEventBusMode(rootConfig), logger: rootLogger }),
    };
  },
  factory: async (
    { metadata, logger, auth, clients, lifecycle, rootLifecycle, ...surroundings },
    { localBus, presence },
  ): Promise<EventsService> => {
    if (presence.isAssumed && (await isNowhere(surroundings))) presence.refute();
    const client = new EventBusClient({ connection: clients.connect(EVENTS_PLUGIN), auth });
    const pluginId = metadata.getId();
    const service = new PluginEventsService({ pluginId, localBus, logger, bus: { client, presence } });
    stopOnFailure(service, surroundings.host, pluginId);
    // A request that the bus holds back would hold up its server, which may be that of this process.
    rootLifecycle.addDrainHook(() => service.drain(), { logger });
    lifecycle.addShutdownHook(() => service.stop(), { logger });
    return service;
  },
});

/** A plugin that has failed to start takes no events away from its replicas. */
function stopOnFailure(service: PluginEventsService, host: RootHostService, pluginId: string): void {
  const forget = host.onChange((changed) => {
    const phase = changed === pluginId ? host.getPlugin(pluginId)?.phase : undefined;
    if (phase === 'failed' || phase === 'stopped') forget();
    if (phase === 'failed') void service.stop();
  });
}

/** What tells where the bus is. */
interface Surroundings {
  readonly discovery: DiscoveryService;
  readonly host: RootHostService;
  readonly server: HttpServerService;
}

/** Whether the bus would be a plugin of this process, and is not. To ask it would take a token, and a key to sign that. */
async function isNowhere({ discovery, host, server }: Surroundings): Promise<boolean> {
  if (host.getPlugin(EVENTS_PLUGIN)) return false;
  // Where discovery fails now, it may find the bus later.
  const baseUrl = await discovery.getBaseUrl(EVENTS_PLUGIN).catch(() => undefined);
  return baseUrl === `${server.getAddress().url}/api/${EVENTS_PLUGIN}`;
}
