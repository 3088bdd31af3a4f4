import type {
  HttpAuthService,
  TracingService,
  TracingServiceSpan,
  TracingServiceSpanKind,
  TracingServiceSpanOptions,
  TracingServiceSpanStatus,
} from '@bulkhead/backend-plugin-api';
import { describeThrown } from '@bulkhead/errors';
import type { Span, Tracer, TracerProvider } from '@opentelemetry/api';
import type { InstrumentationScope } from '../telemetry/instrumentation-scope.ts';
import { SpanKind, SpanStatusCode, trace } from '../telemetry/open-telemetry.ts';
import { tracingContext, tracingPropagation } from './open-telemetry-context.ts';
import { principalAttributes } from './principal-attributes.ts';

/** What {@link DefaultTracingService} is made of. */
export interface DefaultTracingServiceOptions {
  readonly pluginId: string;
  readonly scope: InstrumentationScope;
  /** Whether spans tell who the caller is. */
  readonly captureEndUser: boolean;
  readonly httpAuth: Pick<HttpAuthService, 'credentials'>;
}

type Work<T> = (span: TracingServiceSpan) => T | Promise<T>;

/** Makes spans of the tracer that the process has under the name of a plugin. */
export class DefaultTracingService implements TracingService {
  readonly context = tracingContext;
  readonly propagation = tracingPropagation;
  readonly #options: DefaultTracingServiceOptions;
  #madeBy: TracerProvider | undefined;
  #tracer: Tracer | undefined;

  constructor(options: DefaultTracingServiceOptions) {
    this.#options = options;
  }

  startActiveSpan<T>(name: string, fn: Work<T>): Promise<T>;
  startActiveSpan<T>(name: string, options: TracingServiceSpanOptions, fn: Work<T>): Promise<T>;
  async startActiveSpan<T>(name: string, ...rest: [Work<T>] | [TracingServiceSpanOptions, Work<T>]): Promise<T> {
    const [options, fn] = rest.length === 1 ? [{}, rest[0]] : rest;
    const { pluginId, captureEndUser, httpAuth } = this.#options;
    const credentials = options.credentials ?? (options.request && (await httpAuth.credentials(options.request)));
    const attributes = {
      'backstage.plugin.id': pluginId,
      ...options.attributes,
      ...principalAttributes(credentials, captureEndUser),
    };
    const kind = options.kind && SPAN_KINDS[options.kind];
    return this.#currentTracer().startActiveSpan(name, { kind, attributes }, (span) => runInSpan(span, fn));
  }

  /** Made again when the process gets another provider: an SDK may be set up late, with another copy of the API. */
  #currentTracer(): Tracer {
    const provider = trace.getTracerProvider();
    if (provider !== this.#madeBy) {
      const { name, version, schemaUrl } = this.#options.scope;
      this.#madeBy = provider;
      this.#tracer = provider.getTracer(name, version, { schemaUrl });
    }
    return this.#tracer!;
  }
}

async function runInSpan<T>(span: Span, fn: Work<T>): Promise<T> {
  try {
    return await fn({
      setAttribute: (key, value) => void span.setAttribute(key, value),
      setStatus: ({ code, message }) => void span.setStatus({ code: STATUS_CODES[code], message }),
    });
  } catch (thrown) {
    recordFailure(span, thrown);
    throw thrown;
  } finally {
    span.end();
  }
}

function recordFailure(span: Span, thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : { name: 'Error', message: describeThrown(thrown) };
  span.recordException(error);
  span.setAttribute('error.type', error.name || 'Error');
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message || error.name });
}

const SPAN_KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} satisfies Readonly<Record<TracingServiceSpanKind, number>>;

const STATUS_CODES = {
  unset: SpanStatusCode.UNSET,
  ok: SpanStatusCode.OK,
  error: SpanStatusCode.ERROR,
} satisfies Readonly<Record<TracingServiceSpanStatus['code'], number>>;
