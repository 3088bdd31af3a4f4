import { createRequire } from 'node:module';
import type { HttpRouteCall } from '@bulkhead/backend-plugin-api';
import { responseBreaksContract } from '../errors.ts';
import type { Violations } from '../violations/violations.ts';

/** A response that is not what the contract says. */
export interface Breach {
  readonly operationId: string;
  readonly violations: Violations;
  /** What the handler gave. */
  readonly given: unknown;
}

/** Longer values are cut off. */
const MAX_SHOWN = 80;

/**
 * Reports a response that breaks the contract: to the developer as an error in place of the response, in production to
 * the log and to the counter `bulkhead.contract.violations`.
 *
 * @throws BulkheadError `ERR_CONTRACT_RESPONSE`, in development and in tests
 */
export function reportBreach(call: HttpRouteCall, { operationId, violations, given }: Breach): void {
  // In tests, too, a breach must not go unnoticed.
  if (call.development || process.env.NODE_ENV === 'test') {
    throw responseBreaksContract(
      operationId,
      violations.kept.map(({ pointer, message }) => ({
        pointer,
        message: `${message}${describeGiven(given, pointer)}`,
      })),
    );
  }
  // Loaded for the first breach, and looked up each time, since whoever collects metrics may be set up late. With which
  // copy of the API makes no difference, and that of core-services is there already (docs/adr/0109).
  const { metrics } = createRequire(import.meta.url)('@opentelemetry/api') as typeof import('@opentelemetry/api');
  const counter = metrics.getMeter('@bulkhead/openapi').createCounter('bulkhead.contract.violations', {
    description: 'Places at which responses broke the contract of their plugin',
  });
  for (const { pointer } of violations.kept) {
    counter.add(1, { plugin: call.pluginId, operation: operationId, place: pointer.split('/', 2)[1] });
  }
  call.logger.warn(`A response of '${operationId}' breaks the contract (request ${call.requestId})`, {
    operation: operationId,
    violations: violations.kept.map(({ pointer, message }) => ({ pointer, message })),
  });
}

/** What stands at a place, for the eyes of a developer. */
function describeGiven(root: unknown, pointer: string): string {
  let value = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      return '';
    }
    value = (value as Record<string, unknown>)[key];
  }
  const text = JSON.stringify(value) ?? String(value);
  return `, but is ${text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}`;
}
