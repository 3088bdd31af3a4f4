import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DependencyGraph } from './dependency-graph.ts';

/** Edges from a node to others, given as indices into a list of nodes. */
const anyGraph = fc.integer({ min: 0, max: 12 }).chain((size) =>
  fc
    .array(fc.tuple(fc.nat({ max: Math.max(0, size - 1) }), fc.nat({ max: Math.max(0, size - 1) })), {
      maxLength: size === 0 ? 0 : 30,
    })
    .map((edges) => ({ size, edges })),
);

function build({ size, edges }: { size: number; edges: [number, number][] }): DependencyGraph<number> {
  return new DependencyGraph(
    Array.from({ length: size }, (_, value) => ({
      value,
      provides: [value],
      consumes: edges.filter(([from]) => from === value).map(([, to]) => to),
    })),
  );
}

/** Keeps the edges that lead to a smaller index, so that there is no ring. */
const anyOrderable = anyGraph.map(({ size, edges }) => ({
  size,
  edges: edges.filter(([from, to]) => from > to),
}));

describe('any graph', () => {
  it('lists each node once, whatever its edges', () => {
    fc.assert(
      fc.property(anyGraph, (input) => {
        expect(
          build(input)
            .order()
            .toSorted((a, b) => a - b),
        ).toEqual(Array.from({ length: input.size }, (_, i) => i));
      }),
    );
  });

  it('has an order if and only if it has no ring', () => {
    fc.assert(
      fc.property(anyGraph, (input) => {
        const graph = build(input);
        if (graph.findCycles().length > 0) expect(() => graph.sort()).toThrow();
        else expect(graph.sort()).toHaveLength(input.size);
      }),
    );
  });

  it('reports rings that are made of its edges, none of them twice', () => {
    fc.assert(
      fc.property(anyGraph, (input) => {
        const edges = new Set(input.edges.map(([from, to]) => `${from}>${to}`));
        const rings = build(input).findCycles();
        for (const ring of rings) {
          expect(ring.at(0)).toBe(ring.at(-1));
          expect(new Set(ring).size).toBe(ring.length - 1);
          ring.slice(1).forEach((to, index) => expect(edges.has(`${ring[index]}>${to}`)).toBe(true));
        }
        expect(new Set(rings.map(String)).size).toBe(rings.length);
      }),
    );
  });

  it('leaves no ring unreported: without the closing edges of its rings it has an order', () => {
    fc.assert(
      fc.property(anyGraph, (input) => {
        const closing = new Set(
          build(input)
            .findCycles()
            .map((ring) => `${ring.at(-2)}>${ring.at(-1)}`),
        );
        const edges = input.edges.filter(([from, to]) => !closing.has(`${from}>${to}`));
        expect(build({ ...input, edges }).findCycles()).toEqual([]);
      }),
    );
  });
});

describe('any graph without a ring', () => {
  it('is sorted so that dependencies come first', () => {
    fc.assert(
      fc.property(anyOrderable, (input) => {
        const order = build(input).sort();
        for (const [from, to] of input.edges) expect(order.indexOf(to)).toBeLessThan(order.indexOf(from));
      }),
    );
  });

  it('is traversed so that a visit begins after those of its dependencies have ended', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrderable, async (input) => {
        const ended = new Set<number>();
        const results = await build(input).traverse(async (value) => {
          for (const [from, to] of input.edges) if (from === value) expect(ended.has(to)).toBe(true);
          await Promise.resolve();
          ended.add(value);
          return value;
        });
        expect(results).toEqual(Array.from({ length: input.size }, (_, index) => index));
      }),
    );
  });
});
