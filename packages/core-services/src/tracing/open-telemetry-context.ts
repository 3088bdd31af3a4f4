import type {
  TracingServiceBaggage,
  TracingServiceContext,
  TracingServiceContextAPI,
  TracingServicePropagationAPI,
} from '@bulkhead/backend-plugin-api';
import type { Baggage, Context } from '@opentelemetry/api';
import { context, propagation } from '../telemetry/open-telemetry.ts';

// To plugins a context is a handle; what it is behind that is for nobody but this file to know.
const toPlugin = (of: Context): TracingServiceContext => of as unknown as TracingServiceContext;
const fromPlugin = (of: TracingServiceContext): Context => of as unknown as Context;

/** The present context of OpenTelemetry. */
export const tracingContext: TracingServiceContextAPI = {
  active: () => toPlugin(context.active()),
  with: async (of, fn) => context.with(fromPlugin(of), fn),
};

/** What travels by the propagators of OpenTelemetry. */
export const tracingPropagation: TracingServicePropagationAPI = {
  extract: (of, carrier) => toPlugin(propagation.extract(fromPlugin(of), carrier)),
  getBaggage: (of) => toBaggage(propagation.getBaggage(fromPlugin(of))),
  getActiveBaggage: () => toBaggage(propagation.getActiveBaggage()),
};

function toBaggage(baggage: Baggage | undefined): TracingServiceBaggage | undefined {
  return baggage && { getAllEntries: () => baggage.getAllEntries().map(([key, { value }]) => [key, { value }]) };
}
