import { isErrorLike } from '@bulkhead/errors';
import type { CallObserver } from '@bulkhead/openapi/client';
import type { Counter } from '@opentelemetry/api';
import { metrics } from '../telemetry/open-telemetry.ts';

/** The counters of all calls from this process to other plugins. No-ops unless the process has a metrics SDK. */
interface CallCounters {
  readonly calls: Counter;
  readonly retries: Counter;
  readonly breakers: Counter;
}

let counters: CallCounters | undefined;

/** Counts the calls of one plugin to another. */
export function countCalls(caller: string, target: string): CallObserver {
  const plugins = { 'bulkhead.plugin': caller, 'bulkhead.target': target };
  counters ??= createCounters();
  const { calls, retries, breakers } = counters;
  return {
    onEnd: ({ operationId }, error) =>
      calls.add(1, {
        ...plugins,
        'bulkhead.operation': operationId,
        ...(error !== undefined && { 'error.type': codeOf(error) }),
      }),
    onRetry: ({ type }, { operationId }) =>
      retries.add(1, { ...plugins, 'bulkhead.operation': operationId, 'bulkhead.reason': type }),
    onBreaker: (isOpen) => breakers.add(1, { ...plugins, 'bulkhead.state': isOpen ? 'open' : 'closed' }),
  };
}

function createCounters(): CallCounters {
  const meter = metrics.getMeter('@bulkhead/core-services');
  return {
    calls: meter.createCounter('bulkhead.client.calls', { description: 'Calls to other plugins.' }),
    retries: meter.createCounter('bulkhead.client.retries', { description: 'Repeated attempts of such calls.' }),
    breakers: meter.createCounter('bulkhead.client.breaker.changes', {
      description: 'How often calls to a plugin were stopped, or let through again.',
    }),
  };
}

function codeOf(error: unknown): string {
  return isErrorLike(error) && typeof error.code === 'string' ? error.code : 'unknown';
}
