import type {
  MetricAttributes,
  MetricOptions,
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceGauge,
  MetricsServiceHistogram,
  MetricsServiceObservable,
  MetricsServiceUpDownCounter,
} from '@bulkhead/backend-plugin-api';
import type { Meter } from '@opentelemetry/api';
import type { InstrumentationScope } from '../telemetry/instrumentation-scope.ts';
import { metrics } from '../telemetry/open-telemetry.ts';

/** Makes instruments of the meter that the process has under the name of a plugin. */
export class DefaultMetricsService implements MetricsService {
  readonly #meter: Meter;

  constructor({ name, version, schemaUrl }: InstrumentationScope) {
    this.#meter = metrics.getMeter(name, version, { schemaUrl });
  }

  createCounter<T extends MetricAttributes>(name: string, options?: MetricOptions): MetricsServiceCounter<T> {
    return this.#meter.createCounter<T>(name, options);
  }

  createUpDownCounter<T extends MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceUpDownCounter<T> {
    return this.#meter.createUpDownCounter<T>(name, options);
  }

  createHistogram<T extends MetricAttributes>(name: string, options?: MetricOptions): MetricsServiceHistogram<T> {
    return this.#meter.createHistogram<T>(name, options);
  }

  createGauge<T extends MetricAttributes>(name: string, options?: MetricOptions): MetricsServiceGauge<T> {
    return this.#meter.createGauge<T>(name, options);
  }

  createObservableCounter<T extends MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceObservable<T> {
    return this.#meter.createObservableCounter<T>(name, options);
  }

  createObservableUpDownCounter<T extends MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceObservable<T> {
    return this.#meter.createObservableUpDownCounter<T>(name, options);
  }

  createObservableGauge<T extends MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceObservable<T> {
    return this.#meter.createObservableGauge<T>(name, options);
  }
}
