import {
  describeActionsRegistryService,
  describeActionsService,
  describeAuditorService,
  describeCacheService,
  describeConfigService,
  describeDatabaseService,
  describeEventsService,
  describeLifecycleService,
  describeLoggerService,
  describeMetricsService,
  describePermissionsService,
  describePermissionsRegistryService,
  describePluginMetadataService,
  describeRootConfigService,
  describeRootHostService,
  describeRootInstanceMetadataService,
  describeRootLifecycleService,
  describeRootLoggerService,
  describeRootSystemMetadataService,
  describeSchedulerService,
  describeTracingService,
  describeUrlReaderService,
} from '../contracts/index.ts';
import { mockCredentials, mockServices } from '../index.ts';

describeRootConfigService('mockServices.rootConfig', (data) => {
  const service = mockServices.rootConfig({ data });
  return { service, update: (next) => service.update({ data: next }) };
});

describeConfigService('mockServices.config', (data) => {
  const service = mockServices.config({ pluginId: 'todo', data });
  return { service, update: (next) => service.update({ data: next ?? {} }) };
});

describeLifecycleService('mockServices.lifecycle', () => {
  const service = mockServices.lifecycle();
  return { service, startup: service.runStartupHooks, shutdown: service.runShutdownHooks };
});

describeRootLifecycleService('mockServices.rootLifecycle', () => {
  const service = mockServices.rootLifecycle();
  const shutdown = async (): Promise<void> => {
    await service.runBeforeShutdownHooks().catch(() => {});
    await service.runDrainHooks().catch(() => {});
    await service.runShutdownHooks();
  };
  return { service, startup: service.runStartupHooks, shutdown };
});

describePluginMetadataService('mockServices.pluginMetadata', (pluginId) => ({
  service: mockServices.pluginMetadata({ pluginId }),
}));

describeRootInstanceMetadataService('mockServices.rootInstanceMetadata', (plugins) => ({
  service: mockServices.rootInstanceMetadata({ plugins }),
}));

describeRootSystemMetadataService('mockServices.rootSystemMetadata', (plugins) => ({
  service: mockServices.rootSystemMetadata({ plugins }),
}));

describeRootHostService('mockServices.rootHost', () => ({
  service: mockServices.rootHost({ plugins: { todo: 'ready', notes: 'ready' } }),
}));

describeLoggerService('mockServices.logger', () => {
  const service = mockServices.logger({ pluginId: 'todo' });
  return { service, lines: () => service.lines };
});

describeRootLoggerService('mockServices.rootLogger', () => {
  const service = mockServices.rootLogger();
  return { service, lines: () => service.lines };
});

describeAuditorService('mockServices.auditor', () => {
  const service = mockServices.auditor();
  return { service, events: () => service.events };
});

describeCacheService('mockServices.cache', () => {
  const service = mockServices.cache();
  return { service, other: mockServices.cache({ pluginId: 'other' }), advance: service.advance };
});

describeActionsService('mockServices.actions', () => ({
  service: mockServices.actions({ actions: { 'todo:echo': { run: ({ input }) => input! } } }),
  user: mockCredentials.user(),
}));

describeActionsRegistryService('mockServices.actionsRegistry', () => {
  const service = mockServices.actionsRegistry({ pluginId: 'todo' });
  return { service, list: service.list, invoke: service.invoke };
});

describePermissionsService('mockServices.permissions', () => ({ service: mockServices.permissions() }));

describePermissionsRegistryService('mockServices.permissionsRegistry', () => ({
  service: mockServices.permissionsRegistry({ pluginId: 'todo' }),
}));

describeSchedulerService('mockServices.scheduler', () => {
  const service = mockServices.scheduler();
  return { service, settled: service.settled };
});

describeUrlReaderService('mockServices.urlReader', () => {
  const service = mockServices.urlReader();
  const setFile = (path: string, content: string): string => {
    const url = `https://files.test${path}`;
    service.setFile(url, content);
    return url;
  };
  return { service, setFile, forbiddenUrl: 'https://forbidden.test/a.txt' };
});

describeDatabaseService('mockServices.database', () => {
  const [service, other] = [mockServices.database(), mockServices.database()];
  const dispose = async (): Promise<void> => {
    await Promise.all([service.dispose(), other.dispose()]);
  };
  return { service, other, dispose };
});

describeEventsService('mockServices.events', () => {
  const service = mockServices.events({ pluginId: 'todo' });
  return { service, pluginId: 'todo', failed: () => service.failures.map(({ subscriberId }) => subscriberId) };
});

describeMetricsService('mockServices.metrics', () => {
  const service = mockServices.metrics();
  return { service, collect: service.collect };
});

describeTracingService('mockServices.tracing', () => {
  const service = mockServices.tracing({ pluginId: 'todo' });
  return { service, pluginId: 'todo', user: mockCredentials.user(), spans: () => service.spans };
});
