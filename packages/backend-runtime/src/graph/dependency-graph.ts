import { dependencyCycle } from '../errors.ts';
import { searchDepthFirst } from './depth-first.ts';

/** A node as it is handed to {@link DependencyGraph}. */
export interface DependencyNode<T> {
  readonly value: T;
  /** Keys that this node offers to others. */
  readonly provides?: Iterable<unknown>;
  /** Keys that must be provided before this node's turn. A key that nobody provides is no edge. */
  readonly consumes?: Iterable<unknown>;
}

/** A node with the keys that it consumes and nobody provides. */
export interface UnsatisfiedNode<T> {
  readonly value: T;
  readonly unsatisfied: readonly unknown[];
}

/**
 * Who must come before whom. Nodes provide and consume keys; a consumer depends on every provider of its keys. All
 * answers follow the order in which the nodes were given, so equal input gives equal output.
 */
export class DependencyGraph<T> {
  readonly #nodes: readonly DependencyNode<T>[];
  readonly #providers = new Map<unknown, number[]>();

  constructor(nodes: Iterable<DependencyNode<T>>) {
    this.#nodes = [...nodes];
    this.#nodes.forEach((node, index) => {
      for (const key of new Set(node.provides)) {
        const indices = this.#providers.get(key);
        if (indices) indices.push(index);
        else this.#providers.set(key, [index]);
      }
    });
  }

  /** A graph whose values are the keys of an object, in the object's own order (numeric keys come first). */
  static fromRecord(nodes: Readonly<Record<string, Omit<DependencyNode<string>, 'value'>>>): DependencyGraph<string> {
    return new DependencyGraph(Object.entries(nodes).map(([value, node]) => ({ ...node, value })));
  }

  /**
   * A ring for each dependency that closes one, beginning and ending with the same node: `[a, b, a]`. Empty when an
   * order exists.
   */
  findCycles(): T[][] {
    return this.#search().rings.map((ring) => this.#values(ring));
  }

  /** Nodes that consume a key that no node provides. */
  findUnsatisfied(): UnsatisfiedNode<T>[] {
    return this.#nodes.flatMap(({ value, consumes }) => {
      const unsatisfied = [...new Set(consumes)].filter((key) => !this.#providers.has(key));
      return unsatisfied.length > 0 ? [{ value, unsatisfied }] : [];
    });
  }

  /**
   * The nodes, each after everything that it depends on.
   *
   * @throws BulkheadError `ERR_RUNTIME_DEPENDENCY_CYCLE`
   */
  sort(): T[] {
    return this.#values(this.#sort());
  }

  /** Like {@link DependencyGraph.sort}, but where nodes wait for each other one of them simply goes first. */
  order(): T[] {
    return this.#values(this.#search().order);
  }

  /**
   * Visits each node as soon as all that it depends on has been visited; unrelated nodes run side by side. Resolves
   * to the results in the order of the nodes. When a visit rejects, its dependents are not visited.
   *
   * @throws BulkheadError `ERR_RUNTIME_DEPENDENCY_CYCLE` before anything is visited.
   */
  async traverse<R>(visit: (value: T) => R | Promise<R>): Promise<R[]> {
    const visits: Promise<R>[] = [];
    for (const index of this.#sort()) {
      const dependencies = this.#dependenciesOf(index).map((dependency) => visits[dependency]!);
      visits[index] = Promise.all(dependencies).then(() => visit(this.#nodes[index]!.value));
    }
    return Promise.all(visits);
  }

  #sort(): number[] {
    const { order, rings } = this.#search();
    if (rings.length > 0) throw dependencyCycle(rings.map((ring) => this.#values(ring).map(String)));
    return order;
  }

  #search(): ReturnType<typeof searchDepthFirst> {
    return searchDepthFirst(this.#nodes.length, (index) => this.#dependenciesOf(index));
  }

  #dependenciesOf(index: number): number[] {
    const dependencies = new Set<number>();
    for (const key of this.#nodes[index]!.consumes ?? []) {
      for (const provider of this.#providers.get(key) ?? []) dependencies.add(provider);
    }
    return [...dependencies];
  }

  #values(indices: readonly number[]): T[] {
    return indices.map((index) => this.#nodes[index]!.value);
  }
}
