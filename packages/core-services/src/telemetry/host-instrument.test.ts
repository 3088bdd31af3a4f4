import { afterEach, describe, expect, it } from '@jest/globals';
import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { createDropListener } from '../root-logger/dropped-lines.ts';
import { recordDuration } from '../http-server/request-metrics.ts';

/** Collects when the test says so. */
class TestReader extends MetricReader {
  async points(): Promise<unknown> {
    const { resourceMetrics } = await this.collect();
    return resourceMetrics.scopeMetrics.flatMap((scope) =>
      scope.metrics.map(({ descriptor, dataPoints }) => ({
        name: descriptor.name,
        points: dataPoints.map(({ attributes, value }) => ({
          attributes,
          value:
            typeof value === 'number' ? value : { count: value.count, sum: 'sum' in value ? value.sum : undefined },
        })),
      })),
    );
  }

  protected async onShutdown(): Promise<void> {}

  protected async onForceFlush(): Promise<void> {}
}

function collectMetrics(): TestReader {
  const reader = new TestReader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  return reader;
}

const logger = { error() {}, warn() {}, info() {}, debug() {}, child: () => logger };

describe('instruments of the host', () => {
  afterEach(() => metrics.disable());

  it('count by whatever SDK there is, also if it comes late or is another one', async () => {
    const { onDrop } = createDropListener(logger);
    onDrop?.();
    for (const times of [1, 2]) {
      const reader = collectMetrics();
      for (let time = 0; time < times; time++) onDrop?.();
      expect(await reader.points()).toEqual([
        { name: 'bulkhead.log.lines.dropped', points: [{ attributes: {}, value: times }] },
      ]);
      metrics.disable();
    }
  });

  it('tell how long requests take', async () => {
    const reader = collectMetrics();
    recordDuration(0.5, { method: 'GET', status: 200, pluginId: 'todo' });
    recordDuration(0.25, { method: 'GET', status: 200, pluginId: 'todo' });
    const attributes = {
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'bulkhead.plugin': 'todo',
    };
    expect(await reader.points()).toEqual([
      { name: 'http.server.request.duration', points: [{ attributes, value: { count: 2, sum: 0.75 } }] },
    ]);
  });
});
