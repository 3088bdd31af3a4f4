import type { ProblemSource } from '@bulkhead/errors';
import type { ContractNode } from './contract-node.ts';

/** Where the objects of a bundled contract come from. */
export class Places {
  readonly #nodes = new WeakMap<object, ContractNode>();
  readonly #root: ContractNode;

  /** @param root - what has no place of its own has that of the top */
  constructor(root: ContractNode) {
    this.#root = root;
  }

  /** Says where an object comes from. */
  set(object: object, node: ContractNode): void {
    this.#nodes.set(object, node);
  }

  /** Lets an object come from where another one comes from. */
  inherit(object: object, other: object): void {
    const node = this.#nodes.get(other);
    if (node) {
      this.#nodes.set(object, node);
    }
  }

  /** Whether it is known where an object comes from. */
  has(object: object): boolean {
    return this.#nodes.has(object);
  }

  /** Where an object stands, or what keys in it lead to. */
  of(object: unknown, ...keys: readonly string[]): ProblemSource {
    const node = typeof object === 'object' && object !== null ? this.#nodes.get(object) : undefined;
    return node ? node.source(...keys) : this.#root.source();
  }
}
