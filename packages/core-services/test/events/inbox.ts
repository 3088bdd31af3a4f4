/** A list that can be waited for. */
export class Inbox<T = unknown> {
  readonly items: T[] = [];
  #wake: (() => void) | undefined;

  readonly put = (item: T): void => {
    this.items.push(item);
    this.#wake?.();
  };

  /** Waits until there are as many items as that. */
  async has(count: number): Promise<readonly T[]> {
    while (this.items.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.items;
  }
}
