/** What a depth-first search found. */
export interface DepthFirstResult {
  /** All nodes, each after its successors where no ring prevents that. */
  readonly order: number[];
  /** One ring per edge that closes one; first and last node are the same. */
  readonly rings: number[][];
}

/** The way from the root of the search to the node in hand, with what is left to do at each step. */
interface Step {
  readonly node: number;
  readonly successors: readonly number[];
  next: number;
}

/**
 * Searches the nodes `0 … count-1` depth first, in linear time. Keeps its own stack, so that a chain of any length
 * is searched without exhausting the engine's.
 */
export function searchDepthFirst(count: number, successorsOf: (node: number) => readonly number[]): DepthFirstResult {
  const order: number[] = [];
  const rings: number[][] = [];
  /** Position on the current way; -1 once done. */
  const positions = new Map<number, number>();
  const way: Step[] = [];

  const enter = (node: number): void => {
    positions.set(node, way.length);
    way.push({ node, successors: successorsOf(node), next: 0 });
  };

  for (let root = 0; root < count; root++) {
    if (positions.has(root)) continue;
    enter(root);
    for (let step = way.at(-1); step; step = way.at(-1)) {
      const successor = step.successors[step.next++];
      if (successor === undefined) {
        way.pop();
        positions.set(step.node, -1);
        order.push(step.node);
        continue;
      }
      const position = positions.get(successor);
      if (position === undefined) enter(successor);
      else if (position >= 0) rings.push([...way.slice(position).map(({ node }) => node), successor]);
    }
  }
  return { order, rings };
}
