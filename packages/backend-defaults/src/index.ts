/**
 * The runtime and the core services put together.
 *
 * @packageDocumentation
 */

// The host
export { createBackend, type BackendOptions } from './create-backend.ts';
export { defaultServiceFactories } from './default-service-factories.ts';
export { HOST_VERSION } from './host/host-package.ts';
export { backstageProtocol } from './host/backstage-protocol.ts';

// Features that install others
export {
  createDiscoveryFeatureLoader,
  discoveryFeatureLoader,
  type DiscoveryFeatureLoaderOptions,
} from './package-discovery/discovery-feature-loader.ts';

// Checks before the start
export { createConfigCheck } from './checks/config-check.ts';
export { deploymentKindOf, type DeploymentKind } from './checks/deployment.ts';
export { createManifestCheck, type ManifestCheckHost } from './checks/manifest-check.ts';
export { createSectionCheck } from './checks/section-check.ts';
export { createPluginSelection, createTopologyCheck } from './checks/topology-check.ts';

// For commands that look at a host
export { withLauncher, type Launcher } from './host/launcher.ts';

// For commands that supervise hosts
export type { SupervisedMessage } from './host/supervisor.ts';
