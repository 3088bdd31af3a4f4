/**
 * Measures what plugins do, with OpenTelemetry.
 *
 * @packageDocumentation
 */

export { metricsServiceFactory } from './metrics-service-factory.ts';
export { DefaultMetricsService } from './default-metrics-service.ts';
export type { InstrumentationScope } from '../telemetry/instrumentation-scope.ts';
