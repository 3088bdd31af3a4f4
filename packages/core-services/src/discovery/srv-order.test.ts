import type { SrvRecord } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { orderByWeight } from './srv-order.ts';

const record = fc.record<SrvRecord>({
  name: fc.constantFrom('a', 'b', 'c'),
  port: fc.nat(65_535),
  priority: fc.nat(3),
  weight: fc.nat(65_535),
});
const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

describe('orderByWeight', () => {
  it('keeps all records, and lower priorities come first', () => {
    fc.assert(
      fc.property(fc.array(record), fc.array(random, { minLength: 1 }), (records, draws) => {
        let turn = 0;
        const ordered = orderByWeight(records, () => draws[turn++ % draws.length]!);
        expect(new Set(ordered)).toEqual(new Set(records));
        expect(ordered).toHaveLength(records.length);
        expect(ordered.map(({ priority }) => priority)).toEqual(
          records.map(({ priority }) => priority).sort((a, b) => a - b),
        );
      }),
    );
  });

  it('gives each a part of the chance as large as its weight', () => {
    const records = [1, 2, 5].map((weight) => ({ name: String(weight), port: 1, priority: 0, weight }));
    const first = Array.from({ length: 8 }, (_, index) => orderByWeight(records, () => index / 8)[0]!.weight);
    expect(first).toEqual([1, 2, 2, 5, 5, 5, 5, 5]);
  });

  it('leaves a small chance to records without a weight, and an equal one if none has any', () => {
    const of = (...weights: number[]) => weights.map((weight) => ({ name: 'a', port: 1, priority: 0, weight }));
    expect(orderByWeight(of(0, 10), () => 0)[0]!.weight).toBe(0);
    expect(orderByWeight(of(0, 10), () => 0.01)[0]!.weight).toBe(10);
    const [a, b] = of(0, 0);
    expect(orderByWeight([a!, b!], () => 0.4)[0]).toBe(a);
    expect(orderByWeight([a!, b!], () => 0.6)[0]).toBe(b);
  });
});
