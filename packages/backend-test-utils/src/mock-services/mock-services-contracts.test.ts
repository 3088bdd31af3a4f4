import {
  describeConfigService,
  describeLifecycleService,
  describeLoggerService,
  describePluginMetadataService,
  describeRootConfigService,
  describeRootHostService,
  describeRootInstanceMetadataService,
  describeRootLifecycleService,
  describeRootLoggerService,
  describeRootSystemMetadataService,
} from '../contracts/index.ts';
import { mockServices } from '../index.ts';

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
