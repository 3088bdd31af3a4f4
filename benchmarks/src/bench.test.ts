import { describe, expect, it } from '@jest/globals';
import { createBench } from './bench.ts';

describe('a bench', () => {
  const contestants = { bulkhead: 1, peer: 2 };

  it('measures in turn, and does not count the first round', async () => {
    const order: string[] = [];
    const samples = await createBench({ isQuick: false }).inTurn(2, contestants, async (_, name) => {
      return order.push(name);
    });
    expect(order).toEqual(['bulkhead', 'peer', 'bulkhead', 'peer', 'bulkhead', 'peer']);
    expect(samples).toEqual({ bulkhead: [3, 5], peer: [4, 6] });
  });

  it('measures once when it is to be quick', async () => {
    const bench = createBench({ isQuick: true });
    expect(await bench.inTurn(9, contestants, async (value) => value)).toEqual({ bulkhead: [1], peer: [2] });
    expect([bench.seconds(5), bench.count(1_000)]).toEqual([1, 25]);
  });

  it('leaves out who takes no part', async () => {
    const bench = createBench({ isQuick: false, absent: ['peer'], roundsOf: (usual) => usual * 2 });
    expect(await bench.inTurn(1, contestants, async (value) => value)).toEqual({ bulkhead: [1, 1], peer: [] });
    expect(bench.takingPart(contestants)).toEqual({ bulkhead: 1 });
  });
});
