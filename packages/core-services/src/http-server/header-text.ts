import { nodeHttp } from './node-http.ts';
import type { HeaderBlock } from './security-headers.ts';

/** Headers of a response that need no further checks, and the text that they are sent as. */
export interface CommonHeaders {
  readonly text: string;
  /** Names and values in turn. */
  readonly lines: readonly string[];
  /** Names in lower case. */
  readonly keys: readonly string[];
  /** @param key - a name in lower case */
  get(key: string): string | undefined;
  /**
   * The same headers but for one.
   *
   * @param key - its name in lower case
   */
  without(key: string): CommonHeaders;
}

/** Headers that many responses have in common: checked, and put together as they are sent, once. */
export class HeaderText implements CommonHeaders {
  readonly text: string;
  readonly lines: readonly string[];
  readonly #block: HeaderBlock;
  readonly #values: ReadonlyMap<string, string>;
  readonly #withouts = new Map<string, HeaderText>();

  /** @throws TypeError when a name or a value cannot be sent */
  constructor(block: HeaderBlock) {
    for (const [name, value] of block) {
      nodeHttp.validateHeaderName(name);
      nodeHttp.validateHeaderValue(name, value);
    }
    this.#block = block;
    this.#values = new Map(block.map(([name, value]) => [name.toLowerCase(), value]));
    this.text = block.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    this.lines = block.flat();
  }

  get keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(key: string): string | undefined {
    return this.#values.get(key);
  }

  without(key: string): HeaderText {
    if (!this.#values.has(key)) {
      return this;
    }
    let rest = this.#withouts.get(key);
    if (!rest) {
      rest = new HeaderText(this.#block.filter(([name]) => name.toLowerCase() !== key));
      this.#withouts.set(key, rest);
    }
    return rest;
  }
}

/** None. */
export const NO_HEADERS = new HeaderText([]);
