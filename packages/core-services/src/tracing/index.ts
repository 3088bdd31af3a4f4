/**
 * Traces what plugins do, with OpenTelemetry.
 *
 * @packageDocumentation
 */

export { tracingServiceFactory } from './tracing-service-factory.ts';
export { DefaultTracingService, type DefaultTracingServiceOptions } from './default-tracing-service.ts';
export type { InstrumentationScope } from '../telemetry/instrumentation-scope.ts';
