/**
 * Container, initializer and lifecycle of a host.
 *
 * @packageDocumentation
 */

// The backend
export { createSpecializedBackend, type AddOptions, type Backend, type SpecializedBackendOptions } from './backend.ts';
export type { FeaturePackage, PackageFinder } from './intake/feature-package.ts';
export type { FeatureFault, FeatureProtocol, FeatureRef, FeatureTranslator } from './intake/feature-protocol.ts';
export type { FeatureInput, FeatureModule } from './intake/feature-source.ts';
export type { HostSettingsDefaults } from './settings/host-settings.ts';
export { createExtensionPointMiddleware, type ExtensionPointMiddleware } from './run/extension-point-middleware.ts';

// The plan
export type {
  LeftOut,
  Plan,
  PlannedExtensionPoint,
  PlannedFeature,
  PlannedModule,
  PlannedPlugin,
  PlannedService,
} from './plan/plan.ts';
export type { PlanCheck, PlanCheckContext, PluginSelection } from './plan/plan-check.ts';
export type { Owner, PlanProblem } from './problems/plan-problem.ts';

export { renderPlanAsJson, renderPlanAsText } from './plan/render-plan.ts';
export { renderPlanAsMermaid } from './plan/render-plan-mermaid.ts';

// The startup report
export { BackendStartupError, type StartupFault } from './report/backend-startup-error.ts';
export {
  renderReportAsJson,
  renderReportAsMermaid,
  renderReportAsText,
  reportToJson,
  summariseReport,
} from './report/render-report.ts';

// Building blocks
export { ServiceContainer, type ServiceContainerOptions } from './container/service-container.ts';
export type { ServiceCreation } from './container/factory-runner.ts';
export type { DisposalOptions, DisposalOwner } from './container/disposal-stack.ts';
export type { ProvideOutcome, ServiceCatalog, ServiceOrigin, ServiceProvider } from './container/service-catalog.ts';
export { DependencyGraph, type DependencyNode, type UnsatisfiedNode } from './graph/dependency-graph.ts';
