/** What a measurement can be told apart by. */
export type MetricAttributeValue =
  | string
  | number
  | boolean
  | (string | null | undefined)[]
  | (number | null | undefined)[]
  | (boolean | null | undefined)[];

/** What measurements are told apart by, by name. */
export interface MetricAttributes {
  [name: string]: MetricAttributeValue | undefined;
}

/** What is said of an instrument. */
export interface MetricOptions {
  readonly description?: string;
  /** As in the Unified Code for Units of Measure: `ms`, `By`, `{request}`. */
  readonly unit?: string;
  readonly advice?: {
    /** Where the buckets of a histogram end. */
    readonly explicitBucketBoundaries?: number[];
  };
}

/** Counts what only grows. */
export interface MetricsServiceCounter<TAttributes extends MetricAttributes = MetricAttributes> {
  /** @param value - 0 or above */
  add(value: number, attributes?: TAttributes): void;
}

/** Counts what grows and shrinks. */
export interface MetricsServiceUpDownCounter<TAttributes extends MetricAttributes = MetricAttributes> {
  add(value: number, attributes?: TAttributes): void;
}

/** Records how values are spread, such as durations. */
export interface MetricsServiceHistogram<TAttributes extends MetricAttributes = MetricAttributes> {
  record(value: number, attributes?: TAttributes): void;
}

/** Records a value as it is now. */
export interface MetricsServiceGauge<TAttributes extends MetricAttributes = MetricAttributes> {
  record(value: number, attributes?: TAttributes): void;
}

/** Takes what a callback has measured. */
export interface MetricsServiceObservableResult<TAttributes extends MetricAttributes = MetricAttributes> {
  observe(value: number, attributes?: TAttributes): void;
}

/** Measures, each time that metrics are collected. */
export type MetricsServiceObservableCallback<TAttributes extends MetricAttributes = MetricAttributes> = (
  result: MetricsServiceObservableResult<TAttributes>,
) => void | Promise<void>;

/** Asks for its values when metrics are collected. */
export interface MetricsServiceObservable<TAttributes extends MetricAttributes = MetricAttributes> {
  addCallback(callback: MetricsServiceObservableCallback<TAttributes>): void;
  removeCallback(callback: MetricsServiceObservableCallback<TAttributes>): void;
}

/**
 * Measures what a plugin does, with OpenTelemetry. Costs next to nothing, and leads nowhere, unless the process has a
 * metrics SDK.
 */
export interface MetricsService {
  createCounter<TAttributes extends MetricAttributes = MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceCounter<TAttributes>;
  createUpDownCounter<TAttributes extends MetricAttributes = MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceUpDownCounter<TAttributes>;
  createHistogram<TAttributes extends MetricAttributes = MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceHistogram<TAttributes>;
  createGauge<TAttributes extends MetricAttributes = MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceGauge<TAttributes>;
  /** Reports sums that only grow. */
  createObservableCounter<TAttributes extends MetricAttributes = MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceObservable<TAttributes>;
  /** Reports sums that grow and shrink. */
  createObservableUpDownCounter<TAttributes extends MetricAttributes = MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceObservable<TAttributes>;
  /** Reports values as they are. */
  createObservableGauge<TAttributes extends MetricAttributes = MetricAttributes>(
    name: string,
    options?: MetricOptions,
  ): MetricsServiceObservable<TAttributes>;
}
