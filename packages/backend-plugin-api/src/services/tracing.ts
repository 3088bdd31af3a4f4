import type { Request } from 'express';
import type { Credentials } from './auth.ts';

/** What a span can be told apart by. */
export type TracingServiceAttributeValue =
  | string
  | number
  | boolean
  | (string | null | undefined)[]
  | (number | null | undefined)[]
  | (boolean | null | undefined)[];

/** What spans are told apart by, by name. */
export interface TracingServiceAttributes {
  [name: string]: TracingServiceAttributeValue | undefined;
}

/** What part a span has in a trace. */
export type TracingServiceSpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** How the work of a span has ended. */
export interface TracingServiceSpanStatus {
  readonly code: 'unset' | 'ok' | 'error';
  readonly message?: string;
}

/** A piece of work that is under way. */
export interface TracingServiceSpan {
  setAttribute(key: string, value: TracingServiceAttributeValue): void;
  setStatus(status: TracingServiceSpanStatus): void;
}

/** What is said of a span. */
export interface TracingServiceSpanOptions {
  readonly attributes?: TracingServiceAttributes;
  /** Default: `internal`. */
  readonly kind?: TracingServiceSpanKind;
  /** On whose behalf the work is done, which becomes an attribute. */
  readonly credentials?: Credentials;
  /** Tells the same, where `credentials` does not. */
  readonly request?: Request;
}

/** Stands for the place in a trace, and for the baggage, of some work. To be passed on, not to be looked into. */
export interface TracingServiceContext {
  readonly $$type: '@backstage/TracingServiceContext';
}

/** What travels along with a trace. */
export interface TracingServiceBaggage {
  getAllEntries(): [key: string, entry: TracingServiceBaggageEntry][];
}

/** One thing that travels along. */
export interface TracingServiceBaggageEntry {
  readonly value: string;
}

/** The present place in a trace. */
export interface TracingServiceContextAPI {
  active(): TracingServiceContext;
  /** Runs `fn` in the place that `context` stands for. */
  with<T>(context: TracingServiceContext, fn: () => T | Promise<T>): Promise<T>;
}

/** What comes from callers that bring their context by other ways than a request of this host. */
export interface TracingServicePropagationAPI {
  /** `context` with what `carrier`, usually headers, says of trace and baggage. */
  extract(
    context: TracingServiceContext,
    carrier: Record<string, string | string[] | undefined>,
  ): TracingServiceContext;
  getBaggage(context: TracingServiceContext): TracingServiceBaggage | undefined;
  /** The baggage of the present context. */
  getActiveBaggage(): TracingServiceBaggage | undefined;
}

/** Traces what a plugin does, with OpenTelemetry. Leads nowhere unless the process has a tracing SDK. */
export interface TracingService {
  /**
   * Does some work in a span of its own, which ends with it. What the work throws is recorded, and thrown on.
   *
   * @throws what finding out about `request` throws; then the work is not done
   */
  startActiveSpan<T>(name: string, fn: (span: TracingServiceSpan) => T | Promise<T>): Promise<T>;
  startActiveSpan<T>(
    name: string,
    options: TracingServiceSpanOptions,
    fn: (span: TracingServiceSpan) => T | Promise<T>,
  ): Promise<T>;
  readonly context: TracingServiceContextAPI;
  readonly propagation: TracingServicePropagationAPI;
}
