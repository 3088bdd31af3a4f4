import type { MetricsService, MetricsServiceObservable } from '../services/metrics.ts';
import type {
  TracingService,
  TracingServiceContext,
  TracingServiceSpan,
  TracingServiceSpanOptions,
} from '../services/tracing.ts';

function ignore(): void {}

/** Measures nothing. */
export function noopMetrics(): MetricsService {
  const observable: MetricsServiceObservable = { addCallback: ignore, removeCallback: ignore };
  return {
    createCounter: () => ({ add: ignore }),
    createUpDownCounter: () => ({ add: ignore }),
    createHistogram: () => ({ record: ignore }),
    createGauge: () => ({ record: ignore }),
    createObservableCounter: () => observable,
    createObservableUpDownCounter: () => observable,
    createObservableGauge: () => observable,
  };
}

/** Traces nothing, and does the work. */
export function noopTracing(): TracingService {
  const span: TracingServiceSpan = { setAttribute: ignore, setStatus: ignore };
  const context: TracingServiceContext = { $$type: '@backstage/TracingServiceContext' };
  type Work<T> = (span: TracingServiceSpan) => T | Promise<T>;
  return {
    startActiveSpan: async <T>(_name: string, options: TracingServiceSpanOptions | Work<T>, fn?: Work<T>): Promise<T> =>
      (typeof options === 'function' ? options : fn!)(span),
    context: { active: () => context, with: async (_context, fn) => fn() },
    propagation: { extract: () => context, getBaggage: () => undefined, getActiveBaggage: () => undefined },
  };
}
