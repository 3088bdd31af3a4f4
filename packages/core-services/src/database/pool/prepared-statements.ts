import type { PlainStatement } from './connection-lease.ts';

/** After how many times by its text a statement gets a name: as often as pgjdbc (`prepareThreshold`). */
const USES_BY_TEXT = 5;

/** Statements of a plugin with a name, at most: the server keeps each of them in each of the plugin's connections. */
const MAX_PREPARED = 100;

/** Texts whose uses are counted at a time, and how long they may be: those with values written into them have no end. */
const MAX_COUNTED = 200;
const MAX_LENGTH = 4_000;

/** One statement that reads. With two in a text the server refuses a name. */
const READING = /^\s*(select|values)\b[^;]*$/i;

/**
 * Codes of PostgreSQL for what may be the fault of the name: the rows have another type than when the statement got it
 * (0A000), it is gone (26000), it was understood to mean what is there no more (class 42), or to take values of a type
 * that the column had then (class 22).
 *
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const OUTDATED = /^(0A000|26000|42...|22...)$/;

/**
 * Which statements of a plugin have a name, under which the server keeps them parsed, and their plan if it serves all
 * values: those that read, and come again and again.
 */
export class PreparedStatements {
  readonly #names = new Map<string, string>();
  readonly #uses = new Map<string, number>();
  #named = 0;

  /** The name of a statement that is about to run; `undefined`: it goes by its text. */
  nameOf(statement: PlainStatement): string | undefined {
    return this.#names.get(statement.text) ?? this.#count(statement);
  }

  /** Has a statement go by its text, until it has come often again. No later one gets the name that it had. */
  forget({ text }: PlainStatement): void {
    this.#names.delete(text);
  }

  #count(statement: PlainStatement): string | undefined {
    const { text } = statement;
    if (text.length > MAX_LENGTH || this.#names.size >= MAX_PREPARED) {
      return undefined;
    }
    const uses = this.#uses.get(text) ?? 0;
    if (uses >= USES_BY_TEXT && isPreparable(statement)) {
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

/** A placeholder without a value is complained about in another way if the statement has a name. */
function isPreparable({ text, values }: PlainStatement): boolean {
  return READING.test(text) && (values.length > 0 || !text.includes('$'));
}
