import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type RootHostService,
  type RootLoggerService,
  type ServiceFactory,
  type ServiceRef,
  type StartupReport,
} from '@bulkhead/backend-plugin-api';
import { httpServerServiceRef, type HttpServerService } from '@bulkhead/core-services/http-server';
import { companionOf } from '@bulkhead/core-services/root-config';
import { topologyServiceRef, type TopologyService } from '@bulkhead/core-services/topology';
import { tellSupervisor } from './supervisor.ts';

const announcementRef: ServiceRef<object, 'root', 'singleton'> = createServiceRef<object>({
  id: 'bulkhead.announcement',
  scope: 'root',
});

/** Says in the log where the host listens, what it runs, and how long each plugin took, once all of it is up. */
export const announcementServiceFactory: ServiceFactory<object, 'root'> = createServiceFactory({
  service: announcementRef,
  deps: {
    config: coreServices.rootConfig,
    host: coreServices.rootHost,
    logger: coreServices.rootLogger,
    server: httpServerServiceRef,
    topology: topologyServiceRef,
  },
  factory: ({ config, host, logger, server, topology }) => {
    const unsubscribe = host.onChange(() => {
      const report = host.getStartupReport();
      if (host.getPhase() === 'starting' || !report) return;
      unsubscribe();
      if (host.getPhase() === 'ready') announce(host, report, { logger, server, topology });
      // After the rest, since it takes time; and after a failure, since it may say why.
      void companionOf(config)?.checkMore?.();
    });
    return {};
  },
});

interface Surroundings {
  readonly logger: RootLoggerService;
  readonly server: HttpServerService;
  readonly topology: TopologyService;
}

function announce(host: RootHostService, report: StartupReport, { logger, server, topology }: Surroundings): void {
  const plugins = host.getPlugins();
  const width = Math.max(0, ...plugins.map(({ pluginId }) => pluginId.length));
  const times = startupTimes(report);
  for (const { pluginId, phase } of plugins) {
    const mount = `/api/${pluginId}`;
    const columns = `  ${pluginId.padEnd(width)}  ${mount.padEnd(width + '/api/'.length)}`;
    if (phase === 'failed') {
      logger.warn(`${columns}  left out, answers 503`, { pluginId, mount });
    } else {
      const milliseconds = Math.round(times.get(pluginId) ?? 0);
      logger.info(`${columns}  ${milliseconds} ms`, { pluginId, mount, milliseconds });
    }
  }
  const { url } = server.getAddress();
  logger.info(`Ready on ${url}${describeOwn(topology)}`, { url });
  tellSupervisor({ type: 'bulkhead:ready', url });
}

/** `, as process 'todo', replica 2 of 2, which forwards` */
function describeOwn({ own, forwards }: TopologyService): string {
  if (!own) return '';
  const { name, replica, replicas } = own;
  const which = replicas === 1 ? '' : `, replica ${replica} of ${replicas}`;
  return `, as process '${name}'${which}${forwards ? ', which forwards' : ''}`;
}

/** Milliseconds by plugin, from the first step of the plugin or one of its modules to the end of the last. */
function startupTimes({ steps }: StartupReport): ReadonlyMap<string, number> {
  const spans = new Map<string, { begin: number; end: number }>();
  for (const { type, id, pluginId = type === 'plugin' ? id : undefined, startedAt, duration } of steps) {
    if (pluginId === undefined) continue;
    const { begin, end } = spans.get(pluginId) ?? { begin: Infinity, end: -Infinity };
    spans.set(pluginId, { begin: Math.min(begin, startedAt), end: Math.max(end, startedAt + duration) });
  }
  return new Map(Array.from(spans, ([pluginId, { begin, end }]) => [pluginId, end - begin]));
}
