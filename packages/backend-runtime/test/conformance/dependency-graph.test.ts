import { describe, expect, it } from '@jest/globals';
import { DependencyGraph, type DependencyNode } from '../../src/index.ts';
import { deferred, rejectionOf } from '../fixtures/features.ts';

type Edges = Record<string, { provides?: string[]; consumes?: string[] }>;

/** A graph in which each node provides its own name and consumes those of others. */
function graph(dependencies: Record<string, string[]>): DependencyGraph<string> {
  const nodes: Edges = {};
  for (const [name, consumes] of Object.entries(dependencies)) nodes[name] = { provides: [name], consumes };
  return DependencyGraph.fromRecord(nodes);
}

describe('DependencyGraph', () => {
  it('empty graph', async () => {
    const empty = new DependencyGraph<string>([]);
    expect(empty.findCycles()).toEqual([]);
    expect(empty.findUnsatisfied()).toEqual([]);
    expect(empty.sort()).toEqual([]);
    await expect(empty.traverse((value) => value)).resolves.toEqual([]);
  });

  describe('cycles', () => {
    it('none', () => {
      expect(graph({ a: [], b: [] }).findCycles()).toEqual([]);
    });

    it('none with deps', () => {
      expect(graph({ a: ['b', 'c'], b: ['c'], c: [] }).findCycles()).toEqual([]);
    });

    it('self', () => {
      expect(graph({ a: ['a'] }).findCycles()).toEqual([['a', 'a']]);
    });

    it('two', () => {
      expect(graph({ a: ['b'], b: ['a'] }).findCycles()).toEqual([['a', 'b', 'a']]);
    });

    it('long', () => {
      const long = graph({ a: ['b'], b: ['c'], c: ['d'], d: ['e'], e: ['a'] });
      expect(long.findCycles()).toEqual([['a', 'b', 'c', 'd', 'e', 'a']]);
    });

    it('from first', () => {
      expect(graph({ x: ['b'], a: ['b'], b: ['c'], c: ['b'] }).findCycles()).toEqual([['b', 'c', 'b']]);
    });

    it('independent rings', () => {
      expect(graph({ a: ['b'], b: ['a'], c: ['d'], d: ['c'] }).findCycles()).toEqual([
        ['a', 'b', 'a'],
        ['c', 'd', 'c'],
      ]);
    });

    it('unique rings', () => {
      const twoWays = new DependencyGraph([
        { value: 'a', provides: ['a', 'alias'], consumes: ['b'] },
        { value: 'b', provides: ['b'], consumes: ['a', 'alias'] },
      ]);
      expect(twoWays.findCycles()).toEqual([['a', 'b', 'a']]);
    });

    it('order for iterable and map (numeric keys first)', () => {
      const ring = { b: ['2'], 2: ['1'], 1: ['b'] };
      expect(graph(ring).findCycles()).toEqual([['1', 'b', '2', '1']]);
      const nodes = ['b', '2', '1'].map((value) => ({
        value,
        provides: [value],
        consumes: ring[value as keyof typeof ring],
      }));
      expect(new DependencyGraph(nodes).findCycles()).toEqual([['b', '2', '1', 'b']]);
    });

    it('duplicate keys', () => {
      const nodes: DependencyNode<string>[] = [
        { value: 'a', provides: ['x'], consumes: ['y'] },
        { value: 'b', provides: ['x'], consumes: ['y'] },
        { value: 'c', provides: ['y'], consumes: ['x'] },
      ];
      expect(new DependencyGraph(nodes).findCycles()).toEqual([
        ['a', 'c', 'a'],
        ['c', 'b', 'c'],
      ]);
    });

    it('object/array/symbol values', () => {
      for (const [a, b] of [
        [{ id: 'a' }, { id: 'b' }],
        [['a'], ['b']],
        [Symbol('a'), Symbol('b')],
      ] as const) {
        const values = new DependencyGraph<unknown>([
          { value: a, provides: ['a'], consumes: ['b'] },
          { value: b, provides: ['b'], consumes: ['a'] },
        ]);
        expect(values.findCycles()).toEqual([[a, b, a]]);
      }
    });

    it('symbol keys ignored', () => {
      const hidden = Symbol('hidden');
      const nodes = {
        a: { provides: ['a'], consumes: ['hidden'] },
        [hidden]: { provides: ['hidden'], consumes: ['a'] },
      };
      expect(DependencyGraph.fromRecord(nodes).findCycles()).toEqual([]);
    });
  });

  describe('unsatisfied', () => {
    it('none', () => {
      expect(graph({ a: [], b: [] }).findUnsatisfied()).toEqual([]);
    });

    it('satisfied', () => {
      expect(graph({ a: ['b'], b: [] }).findUnsatisfied()).toEqual([]);
    });

    it('one', () => {
      expect(graph({ a: ['b'] }).findUnsatisfied()).toEqual([{ value: 'a', unsatisfied: ['b'] }]);
    });

    it('rings count as satisfied', () => {
      expect(graph({ a: ['b'], b: ['a'] }).findUnsatisfied()).toEqual([]);
    });

    it('several per node', () => {
      expect(graph({ a: ['b', 'c', 'd'], c: [] }).findUnsatisfied()).toEqual([{ value: 'a', unsatisfied: ['b', 'd'] }]);
    });

    it('several nodes', () => {
      expect(graph({ a: ['x'], b: [], c: ['y'] }).findUnsatisfied()).toEqual([
        { value: 'a', unsatisfied: ['x'] },
        { value: 'c', unsatisfied: ['y'] },
      ]);
    });
  });

  describe('traversal', () => {
    it('no deps', async () => {
      const visited: string[] = [];
      const results = await graph({ a: [], b: [], c: [] }).traverse((value) => {
        visited.push(value);
        return value.toUpperCase();
      });
      expect(visited).toEqual(['a', 'b', 'c']);
      expect(results).toEqual(['A', 'B', 'C']);
    });

    it('few deps', async () => {
      const visited: string[] = [];
      await graph({ a: ['c'], b: [], c: ['b'] }).traverse((value) => void visited.push(value));
      expect(visited).toEqual(['b', 'c', 'a']);
    });

    it('reverse', async () => {
      const visited: string[] = [];
      await graph({ a: ['b'], b: ['c'], c: ['d'], d: [] }).traverse((value) => void visited.push(value));
      expect(visited).toEqual(['d', 'c', 'b', 'a']);
    });

    it('parallel with slow node not blocking siblings', async () => {
      const slow = deferred();
      const visited: string[] = [];
      const rest = deferred();
      const traversal = graph({ slow: [], afterSlow: ['slow'], fast: [], afterFast: ['fast'] }).traverse(
        async (value) => {
          if (value === 'slow') await slow.promise;
          visited.push(value);
          if (value === 'afterFast') rest.resolve();
        },
      );
      await rest.promise;
      expect(visited).toEqual(['fast', 'afterFast']);
      slow.resolve();
      await traversal;
      expect(visited).toEqual(['fast', 'afterFast', 'slow', 'afterSlow']);
    });

    it('cycle rejects', async () => {
      const visited: string[] = [];
      const error = await rejectionOf(graph({ a: ['b'], b: ['a'], c: [] }).traverse((value) => visited.push(value)));
      expect(error).toMatchObject({
        code: 'ERR_RUNTIME_DEPENDENCY_CYCLE',
        message: "There is no order: 'a' -> 'b' -> 'a'",
      });
      expect(visited).toEqual([]);
    });
  });

  it('does not visit what depends on a visit that failed', async () => {
    const visited: string[] = [];
    const error = await rejectionOf(
      graph({ a: [], b: ['a'], c: [] }).traverse((value) => {
        visited.push(value);
        if (value === 'a') throw new Error('a fails');
      }),
    );
    expect(error.message).toBe('a fails');
    expect(visited).toEqual(['a', 'c']);
  });

  it('gives an order for what has one, and one as good as any for a ring', () => {
    const ring = graph({ a: ['b'], b: ['a'], c: ['a'] });
    expect(() => ring.sort()).toThrow(expect.objectContaining({ code: 'ERR_RUNTIME_DEPENDENCY_CYCLE' }));
    expect(ring.order()).toEqual(['b', 'a', 'c']);
    expect(graph({ c: ['a'], a: [] }).order()).toEqual(['a', 'c']);
  });

  it('searches a chain of any length', () => {
    const length = 200_000;
    const chain = Array.from({ length }, (_, index) => ({ value: index, provides: [index], consumes: [index + 1] }));
    expect(new DependencyGraph(chain).sort()[0]).toBe(length - 1);
  });
});
