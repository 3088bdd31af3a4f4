/** What a header may be set to. */
export type HeaderValue = number | string | readonly string[];

/** The headers of a response, in the form in which Node.js writes them fastest: names and values in turn. */
export class HeaderLines {
  /** Names in lower case. The name and value of each stand at twice its place in {@link lines}. */
  readonly #keys: string[];
  /** Names as they were given, and values. */
  readonly lines: HeaderValue[];

  constructor(keys: string[] = [], lines: HeaderValue[] = []) {
    this.#keys = keys;
    this.lines = lines;
  }

  /** Headers that are the same for many responses. */
  static of(headers: readonly (readonly [name: string, value: string])[]): HeaderLines {
    return new HeaderLines(
      headers.map(([name]) => name.toLowerCase()),
      headers.flat(),
    );
  }

  get isEmpty(): boolean {
    return this.#keys.length === 0;
  }

  /** Names in lower case. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  /** The same headers, to be changed apart from these. */
  copy(): HeaderLines {
    return new HeaderLines(this.#keys.slice(), this.lines.slice());
  }

  get(name: string): HeaderValue | undefined {
    const place = this.#keys.indexOf(name.toLowerCase());
    return place === -1 ? undefined : this.lines[2 * place + 1];
  }

  set(name: string, value: HeaderValue): void {
    const key = name.toLowerCase();
    const place = this.#keys.indexOf(key);
    if (place === -1) {
      this.#keys.push(key);
      this.lines.push(name, value);
    } else {
      this.lines[2 * place] = name;
      this.lines[2 * place + 1] = value;
    }
  }

  /** Adds to the values of a header, if there are any. */
  append(name: string, value: HeaderValue): void {
    const place = this.#keys.indexOf(name.toLowerCase());
    if (place === -1) {
      this.set(name, value);
    } else {
      this.lines[2 * place + 1] = [this.lines[2 * place + 1]!, value].flat().map(String);
    }
  }

  remove(name: string): void {
    const place = this.#keys.indexOf(name.toLowerCase());
    if (place !== -1) {
      this.#keys.splice(place, 1);
      this.lines.splice(2 * place, 2);
    }
  }
}
