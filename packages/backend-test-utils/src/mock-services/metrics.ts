import type {
  MetricAttributes,
  MetricsService,
  MetricsServiceObservable,
  MetricsServiceObservableCallback,
} from '@bulkhead/backend-plugin-api';
import { recordCalls, type Recorded } from '../recorded-calls.ts';

/** What was measured by one instrument with the same attributes. */
export interface MockMeasurement {
  /** Of the instrument. */
  readonly name: string;
  readonly attributes: MetricAttributes;
  /** The sum, or the latest value if the instrument is a gauge. */
  readonly value: number;
  /** How many values there were. */
  readonly count: number;
}

/** Measures, and keeps it to be looked at. */
export type MockMetrics = Recorded<
  MetricsService,
  {
    /** What has been measured so far, after all that observe have been asked. */
    collect(): Promise<readonly MockMeasurement[]>;
    /** The value of one instrument, as {@link collect} has it; `undefined` if nothing was measured. */
    valueOf(name: string, attributes?: MetricAttributes): Promise<number | undefined>;
  }
>;

/** @internal */
export function createMockMetrics(): MockMetrics {
  const instruments = new Map<string, Instrument>();
  const instrument = (name: string): Instrument => {
    let known = instruments.get(name);
    if (!known) instruments.set(name, (known = new Instrument(name)));
    return known;
  };
  const service: MetricsService = {
    createCounter: (name) => ({ add: (value, attributes) => value >= 0 && instrument(name).add(value, attributes) }),
    createUpDownCounter: (name) => ({ add: (value, attributes) => instrument(name).add(value, attributes) }),
    createHistogram: (name) => ({ record: (value, attributes) => instrument(name).add(value, attributes) }),
    createGauge: (name) => ({ record: (value, attributes) => instrument(name).set(value, attributes) }),
    createObservableCounter: (name) => instrument(name),
    createObservableUpDownCounter: (name) => instrument(name),
    createObservableGauge: (name) => instrument(name),
  };
  const collect = async (): Promise<readonly MockMeasurement[]> =>
    (await Promise.all(Array.from(instruments.values(), (each) => each.collect()))).flat();
  return recordCalls<MetricsService, Pick<MockMetrics, 'collect' | 'valueOf'>>(service, {
    collect,
    async valueOf(name, attributes = {}) {
      const key = keyOf(attributes);
      return (await collect()).find((found) => found.name === name && keyOf(found.attributes) === key)?.value;
    },
  });
}

class Instrument implements MetricsServiceObservable {
  readonly #name: string;
  readonly #measurements = new Map<string, MockMeasurement>();
  readonly #callbacks = new Set<MetricsServiceObservableCallback>();

  constructor(name: string) {
    this.#name = name;
  }

  add(value: number, attributes: MetricAttributes = {}): void {
    const before = this.#measurements.get(keyOf(attributes)) ?? { value: 0, count: 0 };
    this.#keep(attributes, before.value + value, before.count + 1);
  }

  set(value: number, attributes: MetricAttributes = {}): void {
    const before = this.#measurements.get(keyOf(attributes))?.count ?? 0;
    this.#keep(attributes, value, before + 1);
  }

  addCallback(callback: MetricsServiceObservableCallback): void {
    this.#callbacks.add(callback);
  }

  removeCallback(callback: MetricsServiceObservableCallback): void {
    this.#callbacks.delete(callback);
  }

  async collect(): Promise<readonly MockMeasurement[]> {
    for (const callback of this.#callbacks) {
      await callback({ observe: (value, attributes) => this.set(value, attributes) });
    }
    return [...this.#measurements.values()];
  }

  #keep(attributes: MetricAttributes, value: number, count: number): void {
    this.#measurements.set(keyOf(attributes), { name: this.#name, attributes, value, count });
  }
}

/** The same for the same attributes in whatever order. */
function keyOf(attributes: MetricAttributes): string {
  return JSON.stringify(Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1)));
}
