import type { LogState } from './bound-logger.ts';
import type { LineWriter } from './line-writer.ts';
import { SEVERITIES, type LogLevel } from './log-level.ts';
import { escapeInJson } from './visible-text.ts';

/** A logger that can write lines which were rendered elsewhere. */
export interface RenderedLinesSource {
  /**
   * Makes a writer for one kind of line.
   *
   * @param fields - the names of all fields that such a line may have, but for `timestamp` and `level`
   * @returns `undefined` when every line has to go through a winston transport or format
   */
  createRenderedLines(fields: readonly string[]): RenderedLines | undefined;
}

/** What {@link RenderedLines} is made of. */
export interface RenderedLinesOptions {
  readonly fields: readonly string[];
  /** What holds at present; `undefined` while lines are not written as JSON. */
  readonly getState: () => LogState | undefined;
  readonly writer: LineWriter;
}

/** What follows from the state of the logger. */
interface Rules {
  readonly of: LogState;
  /** No line above this number is written. */
  readonly limit: number;
  /** What stands between the level and the fields of a line; `undefined` if the logger has to look at each line. */
  readonly meta: string | undefined;
}

/**
 * Writes lines of one kind that come with every request, rendered by whoever knows their fields: what winston and the reading
 * of arbitrary values cost would be more than the rest of the request. They are the same lines, as long as nobody has to
 * look at their fields; else they are left to the logger.
 */
export class RenderedLines {
  readonly #options: RenderedLinesOptions;
  #rules: Rules | undefined;
  #millisecond = 0;
  #timestamp = '';

  constructor(options: RenderedLinesOptions) {
    this.#options = options;
  }

  /**
   * Writes a line, soon.
   *
   * @param render - makes the fields of JSON from an entry, without braces, and with no character that JSON would escape;
   *   `undefined` if that is not possible
   * @returns `false` when the line has to be logged in place of that
   */
  write<TEntry>(level: LogLevel, entry: TEntry, render: (entry: TEntry) => string | undefined): boolean {
    const state = this.#options.getState();
    if (!state) return false;
    const rules = this.#rules?.of === state ? this.#rules : (this.#rules = this.#createRules(state));
    if (SEVERITIES[level] > rules.limit) return true;
    const fields = render(entry);
    if (fields === undefined || rules.meta === undefined) return false;
    const line = `{"timestamp":"${this.#now()}","level":"${level}",${rules.meta}${fields}}`;
    // The logger knows where in the line a secret stands.
    if (state.redact(line) !== line) return false;
    this.#options.writer.writeSoon(line);
    return true;
  }

  #createRules(state: LogState): Rules {
    const { limit, dependsOnFields } = state.rules.decide({});
    const names = Object.keys(state.meta);
    const isRendered = !dependsOnFields && !names.some((name) => this.#options.fields.includes(name) || OWN.has(name));
    const meta = names.length === 0 ? '' : `${escapeInJson(JSON.stringify(state.meta)).slice(1, -1)},`;
    return { of: state, limit, meta: isRendered ? meta : undefined };
  }

  /** In ISO 8601. Many lines come within a millisecond. */
  #now(): string {
    const now = Date.now();
    if (now !== this.#millisecond) {
      this.#millisecond = now;
      this.#timestamp = new Date(now).toISOString();
    }
    return this.#timestamp;
  }
}

const OWN = new Set(['timestamp', 'level']);
