import type { Meter, MeterProvider } from '@opentelemetry/api';
import { metrics } from './open-telemetry.ts';

/**
 * An instrument of the host itself, made when it is first used, and again when the process gets another provider of
 * metrics: an SDK may be set up late, and what was made before does nothing for ever.
 */
export function hostInstrument<TInstrument>(create: (meter: Meter) => TInstrument): () => TInstrument {
  let madeBy: MeterProvider | undefined;
  let instrument: TInstrument | undefined;
  return () => {
    const provider = metrics.getMeterProvider();
    if (provider !== madeBy) {
      madeBy = provider;
      instrument = create(provider.getMeter('@bulkhead/core-services'));
    }
    return instrument!;
  };
}
