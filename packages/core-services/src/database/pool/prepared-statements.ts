/** After how many times by its text a statement gets a name: as often as pgjdbc (`prepareThreshold`). */
const USES_BY_TEXT = 5;

/** Statements of a plugin with a name, at most: the server keeps each of them in each of the plugin's connections. */
const MAX_PREPARED = 100;

/** Texts whose uses are counted at a time, and how long they may be: those with values written into them have no end. */
const MAX_COUNTED = 200;
const MAX_LENGTH = 4_000;

/** One statement that is planned before it runs. Others gain nothing, and with two in a text the server refuses a name. */
const PREPARABLE = /^\s*(select|insert|update|delete|merge|with|values)\b[^;]*$/i;

/**
 * Codes of PostgreSQL for what only shows by asking again: the rows have another type than when the statement got its
 * name (0A000), it is gone (26000), or what it was understood to mean is (class 42).
 *
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const OUTDATED = /^(0A000|26000|42...)$/;

/**
 * Which statements of a plugin have a name, under which the server keeps them parsed, and their plan if it serves all
 * values: those that come again and again.
 */
export class PreparedStatements {
  readonly #names = new Map<string, string>();
  readonly #uses = new Map<string, number>();
  #named = 0;

  /** The name of a statement that is about to run; `undefined`: it goes by its text. */
  nameOf(text: string): string | undefined {
    return this.#names.get(text) ?? this.#count(text);
  }

  /** Has a statement go by its text, until it has come often again. No later one gets the name that it had. */
  forget(text: string): void {
    this.#names.delete(text);
  }

  #count(text: string): string | undefined {
    if (text.length > MAX_LENGTH || this.#names.size >= MAX_PREPARED) {
      return undefined;
    }
    const uses = this.#uses.get(text) ?? 0;
    if (uses >= USES_BY_TEXT && PREPARABLE.test(text)) {
      this.#uses.delete(text);
      return this.#prepare(text);
    }
    if (this.#uses.size >= MAX_COUNTED) {
      this.#uses.clear();
    }
    this.#uses.set(text, uses + 1);
    return undefined;
  }

  #prepare(text: string): string {
    const name = `bulkhead_${(this.#named += 1)}`;
    this.#names.set(text, name);
    return name;
  }
}

/** Whether a statement that failed under a name may well succeed by its text. */
export function isOutdated(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && OUTDATED.test(code);
}
