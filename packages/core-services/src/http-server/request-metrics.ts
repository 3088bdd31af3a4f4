import { hostInstrument } from '../telemetry/host-instrument.ts';

/** What a request is told apart by. */
export interface RequestAttributes {
  readonly method: string;
  readonly status: number;
  readonly pluginId: string | undefined;
}

/** Buckets in seconds, as the semantic conventions of OpenTelemetry have them. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

const durations = hostInstrument((meter) =>
  meter.createHistogram('http.server.request.duration', {
    description: 'Duration of HTTP server requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: BUCKETS },
  }),
);

/** Counts a request that is over; a no-op unless the process has a metrics SDK. */
export function recordDuration(seconds: number, { method, status, pluginId }: RequestAttributes): void {
  durations().record(seconds, {
    'http.request.method': method,
    'http.response.status_code': status,
    'bulkhead.plugin': pluginId,
  });
}
