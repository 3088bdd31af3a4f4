/**
 * Test backends and mock services. Works with any test runner; the contract suites, which need Jest, are under
 * `@bulkhead/backend-test-utils/contracts`.
 *
 * @packageDocumentation
 */

// Mock services
export { mockServices } from './mock-services/index.ts';
export type { MockPluginOptions, MockService } from './mock-services/mock-service.ts';
export type { MockAction, MockActions, MockActionsOptions } from './mock-services/actions.ts';
export type {
  MockActionInvocation,
  MockActionsRegistry,
  MockActionsRegistryControl,
} from './mock-services/actions-registry.ts';
export type { MockAuditor, RecordedAuditEvent } from './mock-services/auditor.ts';
export type { MockAuth } from './mock-services/auth.ts';
export type { MockCache, MockCacheOptions } from './mock-services/cache.ts';
export type {
  MockConfig,
  MockConfigControl,
  MockConfigOptions,
  MockRootConfig,
  MockRootConfigOptions,
} from './mock-services/config.ts';
export type { MockDatabase, MockDatabaseControl, MockDatabaseOptions } from './mock-services/database.ts';
export type { MockDiscovery, MockDiscoveryOptions } from './mock-services/discovery.ts';
export type { MockEventFailure, MockEvents } from './mock-services/events.ts';
export type { MockHttpAuth, MockHttpAuthOptions } from './mock-services/http-auth.ts';
export type { MockHttpRouter, MockHttpRouterOptions, MockRootHttpRouter } from './mock-services/http-router.ts';
export type {
  MockLifecycle,
  MockLifecycleControl,
  MockRootLifecycle,
  MockRootLifecycleControl,
} from './mock-services/lifecycle.ts';
export type { LogLevel, LogLine, MockLogger, MockLoggerOptions } from './mock-services/logger.ts';
export type {
  MockInstanceMetadataOptions,
  MockPluginMetadata,
  MockRootInstanceMetadata,
  MockRootSystemMetadata,
  MockSystemMetadataOptions,
} from './mock-services/metadata.ts';
export type { MockMeasurement, MockMetrics } from './mock-services/metrics.ts';
export type { MockPermissionPolicy, MockPermissions, MockPermissionsOptions } from './mock-services/permissions.ts';
export type { MockPermissionsRegistry } from './mock-services/permissions-registry.ts';
export type {
  MockHealthIndicator,
  MockHealthIndicatorOptions,
  MockRootHealth,
  MockRootHealthOptions,
} from './mock-services/root-health.ts';
export type { MockRootHost, MockRootHostOptions } from './mock-services/root-host.ts';
export type { MockScheduler, MockTaskFailure } from './mock-services/scheduler.ts';
export type { MockSpan, MockTracing } from './mock-services/tracing.ts';
export type { MockUrlReader, MockUrlReaderOptions } from './mock-services/url-reader.ts';
export type { MockUserInfo, MockUserInfoOptions } from './mock-services/user-info.ts';

// Mock credentials
export {
  DEFAULT_MOCK_SERVICE,
  DEFAULT_MOCK_USER,
  mockCredentials,
  type MockCredentials,
  type MockServiceCredentialsOptions,
} from './credentials/mock-credentials.ts';

// Mocks of your own
export {
  recordCalls,
  type CallRecord,
  type MethodArgs,
  type MethodName,
  type Recorded,
  type RecordedCall,
} from './recorded-calls.ts';
export { mockClient, type MockedOperations } from './mock-client.ts';
export { provideService } from './provide-service.ts';

// Databases
export { TestDatabase, type TestDatabaseConnection } from './test-database/index.ts';

// Networks
export { reservePorts } from './reserve-ports.ts';
export { TcpProxy, type TcpProxyTarget } from './tcp-proxy.ts';

// Test backends
export { startTestBackend, type TestBackend, type TestBackendOptions } from './test-backend/start-test-backend.ts';
export type { FakeExtensionPoint, InstalledTestFeature, TestFeature } from './test-backend/features.ts';
export type { CoreServiceName, ServiceOverrides } from './test-backend/service-overrides.ts';
export type { TestHost } from './test-backend/test-host.ts';

// Service factories under test
export {
  createServiceTester,
  resolveService,
  type ServiceTester,
  type ServiceTesterOptions,
} from './resolve-service.ts';
