import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type {
  TracingService,
  TracingServiceAttributes,
  TracingServiceBaggage,
  TracingServiceContext,
  TracingServiceSpan,
  TracingServiceSpanKind,
  TracingServiceSpanOptions,
  TracingServiceSpanStatus,
} from '@bulkhead/backend-plugin-api';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** A span that has ended. */
export interface MockSpan {
  readonly name: string;
  readonly kind: TracingServiceSpanKind;
  readonly attributes: TracingServiceAttributes;
  readonly status: TracingServiceSpanStatus;
  /** What the work has thrown. */
  readonly error?: unknown;
  /** The name of the span in which it was. */
  readonly parent?: string;
  /** 32 hexadecimal digits. */
  readonly traceId: string;
}

/** Traces, and keeps the spans to be looked at. */
export type MockTracing = Recorded<
  TracingService,
  {
    /** The spans so far, in the order in which they ended. */
    readonly spans: readonly MockSpan[];
  }
>;

/** @internal */
export function createMockTracing({ pluginId = 'test' }: MockPluginOptions): MockTracing {
  const tracing = new KeepingTracing(pluginId);
  return recordCalls<TracingService, Pick<MockTracing, 'spans'>>(tracing, { spans: tracing.spans });
}

/** What a context stands for. */
interface MockContext extends TracingServiceContext {
  readonly span?: string;
  readonly traceId?: string;
  readonly baggage?: ReadonlyMap<string, string>;
}

type Work<T> = (span: TracingServiceSpan) => T | Promise<T>;

const ROOT: MockContext = { $$type: '@backstage/TracingServiceContext' };
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/;

class KeepingTracing implements TracingService {
  readonly spans: MockSpan[] = [];
  readonly #pluginId: string;
  readonly #storage = new AsyncLocalStorage<MockContext>();
  readonly context = {
    active: () => this.#active(),
    with: async <T>(context: TracingServiceContext, fn: () => T | Promise<T>): Promise<T> =>
      this.#storage.run(context, fn),
  };
  readonly propagation = {
    extract: (context: TracingServiceContext, carrier: Carrier): TracingServiceContext => extract(context, carrier),
    getBaggage: (context: TracingServiceContext) => toBaggage(context),
    getActiveBaggage: () => toBaggage(this.#active()),
  };

  constructor(pluginId: string) {
    this.#pluginId = pluginId;
  }

  startActiveSpan<T>(name: string, fn: Work<T>): Promise<T>;
  startActiveSpan<T>(name: string, options: TracingServiceSpanOptions, fn: Work<T>): Promise<T>;
  async startActiveSpan<T>(name: string, ...rest: [Work<T>] | [TracingServiceSpanOptions, Work<T>]): Promise<T> {
    const [options, fn] = rest.length === 1 ? [{}, rest[0]] : rest;
    const outer = this.#active();
    const traceId = outer.traceId ?? randomBytes(16).toString('hex');
    const span = new OpenSpan({
      'backstage.plugin.id': this.#pluginId,
      ...options.attributes,
      ...principalOf(options),
    });
    const end = (error?: unknown): void =>
      void this.spans.push({
        name,
        kind: options.kind ?? 'internal',
        attributes: span.attributes,
        status: span.status,
        traceId,
        ...(outer.span !== undefined && { parent: outer.span }),
        ...(error !== undefined && { error }),
      });
    try {
      const result = await this.#storage.run({ ...outer, span: name, traceId }, async () => fn(span));
      end();
      return result;
    } catch (error) {
      span.fail(error);
      end(error);
      throw error;
    }
  }

  #active(): MockContext {
    return this.#storage.getStore() ?? ROOT;
  }
}

class OpenSpan implements TracingServiceSpan {
  readonly attributes: TracingServiceAttributes;
  status: TracingServiceSpanStatus = { code: 'unset' };

  constructor(attributes: TracingServiceAttributes) {
    this.attributes = attributes;
  }

  setAttribute(key: string, value: TracingServiceAttributes[string]): void {
    this.attributes[key] = value;
  }

  setStatus(status: TracingServiceSpanStatus): void {
    this.status = status;
  }

  fail(error: unknown): void {
    const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>;
    this.setAttribute('error.type', name);
    this.setStatus({ code: 'error', message });
  }
}

type Carrier = Record<string, string | string[] | undefined>;

function principalOf({ credentials }: TracingServiceSpanOptions): TracingServiceAttributes {
  const { type } = (credentials?.principal ?? {}) as { readonly type?: string };
  return type === undefined ? {} : { 'backstage.principal.type': type };
}

function extract(context: TracingServiceContext, { traceparent, baggage }: Carrier): MockContext {
  const traceId = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  const pairs = typeof baggage === 'string' ? baggage.split(',').map((pair) => pair.trim().split('=')) : [];
  const entries = pairs.map(([key = '', value = '']) => [key, decodeURIComponent(value)] as const);
  return { ...context, ...(traceId && { traceId }), ...(entries.length > 0 && { baggage: new Map(entries) }) };
}

function toBaggage(context: TracingServiceContext): TracingServiceBaggage | undefined {
  const { baggage } = context as MockContext;
  return baggage && { getAllEntries: () => Array.from(baggage, ([key, value]) => [key, { value }]) };
}
