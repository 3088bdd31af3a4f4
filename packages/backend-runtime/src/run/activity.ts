import type { ServiceContainer } from '../container/service-container.ts';
import { type Owner, describeOwner } from '../problems/plan-problem.ts';

/** What a plugin or module is doing on its way up, for messages about what takes long. */
export class Activity {
  /** Ids of the services that it waits for. */
  readonly pending = new Set<string>();
  readonly #owner: Owner;
  readonly #container: ServiceContainer;
  #isInInit = false;

  constructor(owner: Owner, container: ServiceContainer) {
    this.#owner = owner;
    this.#container = container;
  }

  /** Its dependencies are there and its own code runs. */
  isInInit(): void {
    this.#isInInit = true;
  }

  /** What it is doing now, as the rest of a sentence about it. */
  describe(): string {
    if (this.#isInInit) return 'its init has not returned';
    const running = this.#container.runningFactories(this.#owner.pluginId);
    const waitingFor = quote([...this.pending]);
    if (running.length === 0) return `it waits for ${waitingFor}`;
    return `it waits for ${waitingFor}; what has not returned is the factory of ${quote(running)}`;
  }

  toString(): string {
    return `${describeOwner(this.#owner)} (${this.describe()})`;
  }
}

function quote(ids: readonly string[]): string {
  return ids.map((id) => `'${id}'`).join(', ');
}
