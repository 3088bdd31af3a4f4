import { NO_HEADERS, type CommonHeaders } from './header-text.ts';
import { lowerCaseOf } from './lower-case.ts';

/** What a header may be set to. */
export type HeaderValue = number | string | readonly string[];

/**
 * The headers of a response, in the form in which Node.js writes them fastest: names and values in turn. Those that it has in
 * common with others are apart, as long as they stay what they are.
 */
export class HeaderLines {
  /** Names in lower case. The name and value of each stand at twice its place in {@link lines}. */
  readonly #keys: string[];
  /** Names as they were given, and values; without those of {@link common}. */
  readonly lines: HeaderValue[];
  #common: CommonHeaders;

  constructor(common: CommonHeaders = NO_HEADERS, keys: string[] = [], lines: HeaderValue[] = []) {
    this.#common = common;
    this.#keys = keys;
    this.lines = lines;
  }

  get isEmpty(): boolean {
    return this.#keys.length === 0 && this.#common === NO_HEADERS;
  }

  /** Headers that are sent before the others. None of them is among those. */
  get common(): CommonHeaders {
    return this.#common;
  }

  /** Names in lower case. */
  get keys(): readonly string[] {
    return [...this.#common.keys, ...this.#keys];
  }

  /** Names as they were given, and values, of all headers. */
  get allLines(): readonly HeaderValue[] {
    return [...this.#common.lines, ...this.lines];
  }

  /** The same headers, to be changed apart from these. */
  copy(): HeaderLines {
    return new HeaderLines(this.#common, this.#keys.slice(), this.lines.slice());
  }

  /**
   * These headers, which stay as they are, with others in place of those of the same names.
   *
   * @param lines - names and values in turn; a name may stand there more than once. They may become those of the result,
   *   and change with it
   */
  with(lines: HeaderValue[]): HeaderLines {
    const keys = keysOf(lines);
    if (this.#keys.length === 0 && this.#lacks(keys)) {
      return new HeaderLines(this.#common, keys, lines);
    }
    const all = this.copy();
    all.replace(lines);
    return all;
  }

  /** Adds headers that many responses have. They replace those of the same names. */
  addCommon(headers: CommonHeaders): void {
    const { lines } = this.#common;
    this.#common = headers;
    for (const key of this.#keys.filter((own) => headers.get(own) !== undefined)) {
      this.#removeOwn(key);
    }
    for (let index = 0; index < lines.length; index += 2) {
      if (this.get(lines[index]!) === undefined) this.set(lines[index]!, lines[index + 1]!);
    }
  }

  get(name: string): HeaderValue | undefined {
    const key = lowerCaseOf(name);
    const place = this.#keys.indexOf(key);
    return place === -1 ? this.#common.get(key) : this.lines[2 * place + 1];
  }

  set(name: string, value: HeaderValue): void {
    const key = lowerCaseOf(name);
    const place = this.#keys.indexOf(key);
    if (place === -1) {
      this.#common = this.#common.without(key);
      this.#keys.push(key);
      this.lines.push(name, value);
    } else {
      this.lines[2 * place] = name;
      this.lines[2 * place + 1] = value;
    }
  }

  /** Puts headers, names and values in turn, in place of those of the same names. A name may stand there more than once. */
  replace(lines: readonly HeaderValue[]): void {
    if (this.#keys.length > 0) {
      for (let index = 0; index < lines.length; index += 2) this.remove(String(lines[index]));
    }
    for (let index = 0; index < lines.length; index += 2) {
      const name = String(lines[index]);
      if (this.#keys.includes(lowerCaseOf(name))) {
        this.append(name, lines[index + 1]!);
      } else {
        this.set(name, lines[index + 1]!);
      }
    }
  }

  /** Adds to the values of a header, if there are any. */
  append(name: string, value: HeaderValue): void {
    const key = lowerCaseOf(name);
    const place = this.#keys.indexOf(key);
    const before = place === -1 ? this.#common.get(key) : this.lines[2 * place + 1];
    const all = before === undefined ? value : [before, value].flat().map(String);
    if (place === -1) {
      this.set(name, all);
    } else {
      this.lines[2 * place + 1] = all;
    }
  }

  remove(name: string): void {
    const key = lowerCaseOf(name);
    this.#common = this.#common.without(key);
    this.#removeOwn(key);
  }

  /** Whether there is none of these headers, each of which stands there once. */
  #lacks(keys: readonly string[]): boolean {
    return keys.every((key, place) => this.#common.get(key) === undefined && keys.indexOf(key) === place);
  }

  #removeOwn(key: string): void {
    const place = this.#keys.indexOf(key);
    if (place !== -1) {
      this.#keys.splice(place, 1);
      this.lines.splice(2 * place, 2);
    }
  }
}

/** The names among names and values in turn, in lower case. */
function keysOf(lines: readonly HeaderValue[]): string[] {
  const keys: string[] = [];
  for (let index = 0; index < lines.length; index += 2) {
    keys.push(lowerCaseOf(String(lines[index])));
  }
  return keys;
}
