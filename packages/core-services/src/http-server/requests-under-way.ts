import type { Exchange } from './exchange.ts';

/** Keeps count of the exchanges that are not over. */
export class RequestsUnderWay {
  readonly #exchanges = new Set<Exchange>();
  #onIdle: (() => void) | undefined;

  get count(): number {
    return this.#exchanges.size;
  }

  begin(exchange: Exchange): void {
    this.#exchanges.add(exchange);
  }

  end(exchange: Exchange): void {
    this.#exchanges.delete(exchange);
    if (this.#exchanges.size === 0) {
      this.#onIdle?.();
    }
  }

  /** Makes responses that have not begun yet the last ones of their connections. */
  closeConnectionsAfterwards(): void {
    for (const { response } of this.#exchanges) {
      if (!response.headersSent) {
        response.setHeader('Connection', 'close');
      }
    }
  }

  /** Waits until nothing is under way, for at most `deadline` milliseconds. @returns whether it came to that */
  async whenIdle(deadline: number): Promise<boolean> {
    if (this.#exchanges.size === 0) {
      return true;
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), deadline);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}
