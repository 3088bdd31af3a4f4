import { describe, expect, it } from '@jest/globals';
import type { MetricAttributes, MetricsService, MetricsServiceObservableCallback } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** What was measured by one instrument with the same attributes. */
export interface CollectedMetric {
  readonly name: string;
  readonly attributes: MetricAttributes;
  /** The sum, or the latest value if the instrument is a gauge. */
  readonly value: number;
}

/** Where a plugin measures, and what comes out of it. */
export interface MetricsServiceSubject extends ContractSubject<MetricsService> {
  /** What has been measured so far. May have more members. */
  collect(): Promise<readonly CollectedMetric[]>;
}

/** Contract of {@link MetricsService}. */
export function describeMetricsService(name: string, create: CreateSubject<MetricsServiceSubject>): void {
  describe(`${name} as a MetricsService`, () => {
    const subject = subjectPerTest(create);
    const values = async (metric: string): Promise<Record<string, number>> => {
      const found = (await subject().collect()).filter((each) => each.name === metric);
      return Object.fromEntries(found.map(({ attributes, value }) => [JSON.stringify(attributes), value]));
    };

    it('counts what grows, by attributes', async () => {
      const counter = subject().service.createCounter<{ kind: string }>('made', {
        description: 'Things',
        unit: '{thing}',
      });
      counter.add(1, { kind: 'a' });
      counter.add(2, { kind: 'a' });
      counter.add(5, { kind: 'b' });
      counter.add(-7, { kind: 'b' });
      expect(await values('made')).toEqual({ '{"kind":"a"}': 3, '{"kind":"b"}': 5 });
    });

    it('counts what grows and shrinks', async () => {
      const counter = subject().service.createUpDownCounter('open');
      counter.add(5);
      counter.add(-2);
      expect(await values('open')).toEqual({ '{}': 3 });
    });

    it('records how values are spread', async () => {
      const histogram = subject().service.createHistogram('size', { advice: { explicitBucketBoundaries: [1, 10] } });
      histogram.record(3);
      histogram.record(4.5);
      expect(await values('size')).toEqual({ '{}': 7.5 });
    });

    it('records a value as it is', async () => {
      const gauge = subject().service.createGauge('temperature');
      gauge.record(20);
      gauge.record(-5);
      expect(await values('temperature')).toEqual({ '{}': -5 });
    });

    it.each(['createObservableCounter', 'createObservableUpDownCounter', 'createObservableGauge'] as const)(
      'asks when it is collected: %s',
      async (create) => {
        const observable = subject().service[create]('observed');
        let value = 0;
        const callback: MetricsServiceObservableCallback = async (result) => {
          await Promise.resolve();
          result.observe((value += 1), { kind: 'a' });
        };
        const other: MetricsServiceObservableCallback = (result) => result.observe(5, { kind: 'b' });
        observable.addCallback(callback);
        observable.addCallback(other);
        expect(await values('observed')).toEqual({ '{"kind":"a"}': 1, '{"kind":"b"}': 5 });
        expect(await values('observed')).toMatchObject({ '{"kind":"a"}': 2 });
        observable.removeCallback(callback);
        await values('observed');
        expect(value).toBe(2);
      },
    );
  });
}
