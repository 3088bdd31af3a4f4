import type { CommonHeaders } from './header-text.ts';

const NAME = 'X-Request-Id';
const KEY = 'x-request-id';

/** What a response has in common with others, and the id of its request. */
export class IdentifiedHeaders implements CommonHeaders {
  readonly #others: CommonHeaders;
  readonly #requestId: string;

  /** @param requestId - known to have no character that a header must not have */
  constructor(others: CommonHeaders, requestId: string) {
    this.#others = others;
    this.#requestId = requestId;
  }

  get text(): string {
    return `${this.#others.text}${NAME}: ${this.#requestId}\r\n`;
  }

  get lines(): readonly string[] {
    return [...this.#others.lines, NAME, this.#requestId];
  }

  get keys(): readonly string[] {
    return [...this.#others.keys, KEY];
  }

  get(key: string): string | undefined {
    return key === KEY ? this.#requestId : this.#others.get(key);
  }

  without(key: string): CommonHeaders {
    if (key === KEY) {
      return this.#others;
    }
    const others = this.#others.without(key);
    return others === this.#others ? this : new IdentifiedHeaders(others, this.#requestId);
  }
}
