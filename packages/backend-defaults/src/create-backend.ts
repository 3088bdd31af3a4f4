import {
  coreServices,
  createServiceFactory,
  type RootConfigService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { createSpecializedBackend, type Backend } from '@bulkhead/backend-runtime';
import { discoverPackages, type DiscoveredPackage } from '@bulkhead/config-loader';
import { createRootConfigServiceFactory } from '@bulkhead/core-services/root-config';
import type { JsonObject } from '@bulkhead/types';
import { createConfigCheck } from './checks/config-check.ts';
import { deploymentKindOf } from './checks/deployment.ts';
import { createManifestCheck, type ManifestCheckHost } from './checks/manifest-check.ts';
import { createSectionCheck } from './checks/section-check.ts';
import { createPluginSelection, createTopologyCheck } from './checks/topology-check.ts';
import { defaultServiceFactories } from './default-service-factories.ts';
import { backstageProtocol } from './host/backstage-protocol.ts';
import { announcementServiceFactory } from './host/announcement.ts';
import { configFromData } from './host/config-from-data.ts';
import { keepCompiledCode } from './host/code-cache.ts';
import { suitHeapToStart } from './host/heap.ts';
import { callerFolder, HOST_VERSION } from './host/host-package.ts';
import { currentLauncher, launchedBy, withStart } from './host/launcher.ts';
import { findProcessSelection, processServiceFactories } from './host/process-role.ts';
import { createPackageFinder } from './provenance/package-finder.ts';

/** What {@link createBackend} takes. */
export interface BackendOptions {
  /** The whole configuration, in place of files. */
  readonly config?: JsonObject;
  /**
   * A folder in the host's package, whose dependencies say which manifests and schemas count. Default: that of the file
   * that calls `createBackend`.
   */
  readonly hostDir?: string;
  /** The process of the topology that the host is to be. Default: `BULKHEAD_PROCESS`, else it runs everything. */
  readonly process?: string;
  /** Which of several that are alike, from 1. Default, where `process` is not given: `BULKHEAD_REPLICA`. */
  readonly replica?: number;
}

/**
 * Creates a host with the default implementation of every core service. Services that are added override them.
 *
 * It looks after its process: SIGTERM and SIGINT stop it, and a failed start ends the process with code 1.
 *
 * @example
 * ```ts
 * const backend = createBackend();
 * backend.add(import('@bulkhead/plugin-example-backend'));
 * await backend.start();
 * ```
 */
export function createBackend(options: BackendOptions = {}): Backend {
  const hostDir = options.hostDir ?? callerFolder(createBackend);
  keepCompiledCode(hostDir);
  const packages = packagesOf(hostDir);
  const selection = findProcessSelection(options);
  const launcher = currentLauncher();
  const deploymentOf: ManifestCheckHost['deploymentOf'] = (rootConfig) =>
    launcher?.deployment ?? deploymentKindOf(rootConfig, selection);
  const backend = createSpecializedBackend({
    serviceFactories: [
      rootConfigFactory(options.config),
      ...replaceSome(defaultServiceFactories, processServiceFactories(selection)),
      announcementServiceFactory,
    ],
    protocols: [backstageProtocol],
    packages: createPackageFinder(hostDir),
    checks: [
      createManifestCheck(packages, { version: HOST_VERSION, deploymentOf }),
      createSectionCheck(),
      createTopologyCheck(selection),
      createConfigCheck(packages),
    ],
    select: createPluginSelection(selection),
    handleProcess: true,
  });
  return launcher ? launchedBy(launcher, backend) : withStart(backend, () => suitHeapToStart(() => backend.start()));
}

function replaceSome(
  factories: readonly ServiceFactory[],
  replacements: readonly ServiceFactory[],
): readonly ServiceFactory[] {
  const ids = new Set(replacements.map(({ service }) => service.id));
  return [...factories.filter(({ service }) => !ids.has(service.id)), ...replacements];
}

function rootConfigFactory(config: JsonObject | undefined): ServiceFactory<RootConfigService, 'root'> {
  // Faults in the files are found together with those in the plan: the check reports them.
  if (!config) return createRootConfigServiceFactory({ onInvalid: 'collect' });
  return createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => configFromData(config),
  });
}

/** Reading the manifests takes time, and only a check or two need them. */
function packagesOf(hostDir: string): () => readonly DiscoveredPackage[] {
  let packages: readonly DiscoveredPackage[] | undefined;
  return () => (packages ??= discoverPackages(hostDir));
}
