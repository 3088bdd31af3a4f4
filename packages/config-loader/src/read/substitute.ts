/** What became of a text with `${…}` in it. */
export type Substitution =
  | { readonly type: 'text'; readonly text: string; readonly substituted: boolean }
  /** Variables that are not set and have no default. */
  | { readonly type: 'missing'; readonly variables: readonly string[] }
  | { readonly type: 'malformed' };

/** Looks a variable up. An empty one counts as not set, as in a shell's `${X:-…}`. */
export type VariableLookup = (name: string) => string | undefined;

/** Defaults within defaults: more than anybody can have meant, and well within what the stack of calls holds. */
const MAX_DEFAULTS = 100;

const VARIABLE = /[A-Za-z_][A-Za-z0-9_]*/y;

/**
 * Replaces `${VAR}` and `${VAR:-default}` by the values of variables. A default may contain further ones.
 *
 * `$${` stands for the characters `${`; `${{` is left as it is, template languages use it. What comes from a variable
 * is not looked at again.
 */
export function substitute(text: string, lookup: VariableLookup): Substitution {
  if (!text.includes('${')) {
    return { type: 'text', text, substituted: false };
  }
  const scanner = new Scanner(text, lookup);
  const result = scanner.scan(false);
  if (result === undefined) {
    return { type: 'malformed' };
  }
  if (scanner.missing.size > 0) {
    return { type: 'missing', variables: [...scanner.missing] };
  }
  return { type: 'text', text: result, substituted: scanner.substituted };
}

/** Reads a text once from left to right. */
class Scanner {
  readonly missing = new Set<string>();
  substituted = false;
  readonly #text: string;
  readonly #lookup: VariableLookup;
  #at = 0;
  #defaults = 0;

  constructor(text: string, lookup: VariableLookup) {
    this.#text = text;
    this.#lookup = lookup;
  }

  /** Reads up to the end, or inside a default up to its `}`. Gives `undefined` if the text is malformed. */
  scan(insideDefault: boolean): string | undefined {
    let result = '';
    while (this.#at < this.#text.length) {
      if (insideDefault && this.#text[this.#at] === '}') {
        return result;
      }
      const piece = this.#next();
      if (piece === undefined) {
        return undefined;
      }
      result += piece;
    }
    return insideDefault ? undefined : result;
  }

  #next(): string | undefined {
    if (this.#skip('$${')) {
      return '${';
    }
    if (this.#skip('${{')) {
      return '${{';
    }
    if (this.#skip('${')) {
      return this.#variable();
    }
    return this.#text[this.#at++];
  }

  /** Reads from behind `${` to behind its `}`. */
  #variable(): string | undefined {
    VARIABLE.lastIndex = this.#at;
    const name = VARIABLE.exec(this.#text)?.[0];
    if (name === undefined) {
      return undefined;
    }
    this.#at += name.length;
    this.substituted = true;
    const value = this.#lookup(name) || undefined;
    if (this.#skip('}')) {
      if (value === undefined) {
        this.missing.add(name);
      }
      return value ?? '';
    }
    return this.#skip(':-') ? this.#default(value) : undefined;
  }

  #default(value: string | undefined): string | undefined {
    const missingBefore = new Set(this.missing);
    this.#defaults += 1;
    const fallback = this.#defaults > MAX_DEFAULTS ? undefined : this.scan(true);
    this.#defaults -= 1;
    if (fallback === undefined || !this.#skip('}')) {
      return undefined;
    }
    if (value !== undefined) {
      // What the unused default lacks does not matter.
      this.missing.forEach((name) => missingBefore.has(name) || this.missing.delete(name));
    }
    return value ?? fallback;
  }

  #skip(token: string): boolean {
    const found = this.#text.startsWith(token, this.#at);
    this.#at += found ? token.length : 0;
    return found;
  }
}
