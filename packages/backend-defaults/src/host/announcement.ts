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

const announcementRef: ServiceRef<object, 'root', 'singleton'> = createServiceRef<object>({
  id: 'bulkhead.announcement',
  scope: 'root',
});

/** Says in the log where the host listens, what it runs, and how long each plugin took, once all of it is up. */
export const announcementServiceFactory: ServiceFactory<object, 'root'> = createServiceFactory({
  service: announcementRef,
  deps: { host: coreServices.rootHost, logger: coreServices.rootLogger, server: httpServerServiceRef },
  factory: ({ host, logger, server }) => {
    const unsubscribe = host.onChange(() => {
      const report = host.getStartupReport();
      if (host.getPhase() === 'starting' || !report) return;
      unsubscribe();
      if (host.getPhase() === 'ready') announce(host, report, { logger, server });
    });
    return {};
  },
});

function announce(
  host: RootHostService,
  report: StartupReport,
  { logger, server }: { readonly logger: RootLoggerService; readonly server: HttpServerService },
): void {
  const plugins = host.getPlugins();
  const width = Math.max(0, ...plugins.map(({ pluginId }) => pluginId.length));
  for (const { pluginId, phase } of plugins) {
    const mount = `/api/${pluginId}`;
    if (phase === 'failed') {
      logger.warn(`  ${pluginId.padEnd(width)}  ${mount}  left out, answers 503`, { plugin: pluginId, mount });
      continue;
    }
    const milliseconds = durationOf(pluginId, report);
    logger.info(`  ${pluginId.padEnd(width)}  ${mount.padEnd(width + '/api/'.length)}  ${milliseconds} ms`, {
      plugin: pluginId,
      mount,
      milliseconds,
    });
  }
  const { url } = server.getAddress();
  const total = Math.round(report.resultAt.getTime() - report.beginAt.getTime());
  logger.info(`Ready on ${url} after ${total} ms`, { url, milliseconds: total, plugins: plugins.length });
}

/** From the first step of a plugin or one of its modules to the end of the last. */
function durationOf(pluginId: string, { steps }: StartupReport): number {
  const own = steps.filter((step) => step.pluginId === pluginId || (step.type === 'plugin' && step.id === pluginId));
  const begin = Math.min(...own.map((step) => step.startedAt));
  const end = Math.max(...own.map((step) => step.startedAt + step.duration));
  return own.length === 0 ? 0 : Math.round(end - begin);
}
