import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { ServiceCatalog } from './container/service-catalog.ts';
import { ServiceContainer } from './container/service-container.ts';
import type { PackageFinder } from './intake/feature-package.ts';
import type { FeatureProtocol } from './intake/feature-protocol.ts';
import { Normaliser } from './intake/normalise.ts';
import { HostLogger } from './host/host-logger.ts';
import { HostState } from './host/host-state.ts';
import { createRootHostServiceFactory } from './host/root-host-service-factory.ts';
import { LifecycleRegistry } from './lifecycle/lifecycle-registry.ts';
import {
  createLifecycleServiceFactory,
  createRootLifecycleServiceFactory,
} from './lifecycle/lifecycle-service-factories.ts';
import { pluginMetadataServiceFactory } from './metadata/plugin-metadata-service-factory.ts';
import { createRootInstanceMetadataServiceFactory } from './metadata/root-instance-metadata-service-factory.ts';
import { StartupRecorder } from './report/startup-recorder.ts';
import type { ExtensionPointMiddleware } from './run/extension-point-middleware.ts';
import { Deadlines } from './time/deadlines.ts';

/** What all stages of one backend share. */
export interface Runtime {
  readonly container: ServiceContainer;
  readonly normaliser: Normaliser;
  /** Tells which package something came from, for problems. */
  readonly packages?: PackageFinder;
  readonly state: HostState;
  readonly logger: HostLogger;
  readonly lifecycles: LifecycleRegistry;
  readonly recorder: StartupRecorder;
  /** The deadlines of the start-up. */
  readonly deadlines: Deadlines;
  /** Ids of the services that only the runtime can provide. */
  readonly reserved: ReadonlySet<string>;
  readonly middleware: readonly ExtensionPointMiddleware[];
}

/** What an assembly can say about how features are taken and handled. */
export interface RuntimeOptions {
  readonly middleware?: readonly ExtensionPointMiddleware[];
  readonly protocols?: readonly FeatureProtocol[];
  readonly packages?: PackageFinder;
}

/** Makes the parts of a backend and files the services that the runtime itself provides. */
export function createRuntime({ middleware = [], protocols = [], packages }: RuntimeOptions): Runtime {
  const logger = new HostLogger();
  const state = new HostState(logger);
  const lifecycles = new LifecycleRegistry(logger);
  const recorder = new StartupRecorder();
  const catalog = new ServiceCatalog();
  const reserved = [
    pluginMetadataServiceFactory,
    createRootInstanceMetadataServiceFactory(state),
    createRootHostServiceFactory(state),
  ];
  const replaceable = [createLifecycleServiceFactory(lifecycles), createRootLifecycleServiceFactory(lifecycles)];
  for (const factory of [...reserved, ...replaceable]) catalog.provide(factory, 'host');
  return {
    container: new ServiceContainer(catalog, { onCreation: (creation) => recorder.service(creation) }),
    normaliser: new Normaliser(protocols, packages),
    state,
    logger,
    lifecycles,
    recorder,
    deadlines: new Deadlines(),
    packages,
    reserved: new Set(reserved.map(({ service }) => service.id)),
    middleware,
  };
}

/** The runtime's logger for lines about one plugin. */
export function loggerOf({ logger }: Runtime, pluginId: string): LoggerService {
  return logger.child({ plugin: pluginId });
}
