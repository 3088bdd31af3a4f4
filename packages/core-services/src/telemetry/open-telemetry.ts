import { createRequire } from 'node:module';

const api = createRequire(import.meta.url)('@opentelemetry/api') as typeof import('@opentelemetry/api');

/**
 * The API of OpenTelemetry, as CommonJS, which loads faster than its many ES modules (docs/adr/0109). An SDK may load the
 * other copy: the two share what is registered, but a tracer that one hands out before there is an SDK does not hear of
 * an SDK that registers with the other. So nobody here keeps a tracer without asking whether the provider is still the same.
 */
export const { context, metrics, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api;
