import { createRequire } from 'node:module';

const api = createRequire(import.meta.url)('@opentelemetry/api') as typeof import('@opentelemetry/api');

/**
 * The API of OpenTelemetry, as CommonJS: SDKs load it as that, and so do plugins made for Backstage. As ES modules it would
 * be there once more, fifty files that a host loads before all else; and what one of the two hands out before there is
 * an SDK does not hear of an SDK that registers with the other.
 */
export const { context, metrics, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api;
