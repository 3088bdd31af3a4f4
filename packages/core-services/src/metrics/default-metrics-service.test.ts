import { afterEach, describe, expect, it } from '@jest/globals';
import type { MetricAttributes } from '@bulkhead/backend-plugin-api';
import { createServiceTester, mockServices } from '@bulkhead/backend-test-utils';
import { describeMetricsService, type CollectedMetric } from '@bulkhead/backend-test-utils/contracts';
import type { JsonObject } from '@bulkhead/types';
import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader, type ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { DefaultMetricsService } from './default-metrics-service.ts';
import { metricsServiceFactory } from './metrics-service-factory.ts';

/** Collects when the test says so. */
class TestReader extends MetricReader {
  readonly #provider = new MeterProvider({ readers: [this] });

  constructor() {
    super({});
    metrics.setGlobalMeterProvider(this.#provider);
  }

  async scopes(): Promise<readonly ScopeMetrics[]> {
    return (await this.collect()).resourceMetrics.scopeMetrics;
  }

  protected async onShutdown(): Promise<void> {}

  protected async onForceFlush(): Promise<void> {}
}

afterEach(() => metrics.disable());

describeMetricsService('DefaultMetricsService', () => {
  const reader = new TestReader();
  return {
    service: new DefaultMetricsService({ name: 'backstage-plugin-todo' }),
    async collect() {
      const found = (await reader.scopes()).flatMap((scope) => scope.metrics);
      return found.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }): CollectedMetric => {
          const sum = typeof value === 'number' ? value : (value.sum ?? NaN);
          return { name: descriptor.name, attributes: attributes as MetricAttributes, value: sum };
        }),
      );
    },
    dispose: () => reader.shutdown(),
  };
});

describe('metricsServiceFactory', () => {
  async function scopesOf(data: JsonObject): Promise<unknown> {
    const reader = new TestReader();
    const tester = createServiceTester(metricsServiceFactory, {
      services: { rootConfig: mockServices.rootConfig({ data }) },
    });
    for (const pluginId of ['todo', 'my-notes']) {
      (await tester.get(pluginId)).createCounter('made', { description: 'Things', unit: '{thing}' }).add(1);
    }
    return (await reader.scopes()).map(({ scope }) => scope);
  }

  it('gives each plugin a meter of its own', async () => {
    expect(await scopesOf({})).toMatchObject([
      { name: 'backstage-plugin-todo' },
      { name: 'backstage-plugin-my-notes' },
    ]);
  });

  it('calls it what the configuration says', async () => {
    const meter = { name: 'todos', version: '1.2.3', schemaUrl: 'https://example.com/schema' };
    expect(await scopesOf({ backend: { metrics: { plugin: { todo: { meter } } } } })).toMatchObject([
      meter,
      { name: 'backstage-plugin-my-notes' },
    ]);
  });

  it('tells what an instrument measures', async () => {
    const reader = new TestReader();
    new DefaultMetricsService({ name: 'x' })
      .createHistogram('size', { description: 'Sizes', unit: 'By', advice: { explicitBucketBoundaries: [1, 10] } })
      .record(5);
    const [scope] = await reader.scopes();
    expect(scope!.metrics).toMatchObject([
      {
        descriptor: { description: 'Sizes', unit: 'By' },
        dataPoints: [{ value: { buckets: { boundaries: [1, 10] } } }],
      },
    ]);
  });

  it('costs nothing where nobody collects', async () => {
    const service = await createServiceTester(metricsServiceFactory).get();
    expect(service.createCounter('made').add(1)).toBeUndefined();
  });
});
