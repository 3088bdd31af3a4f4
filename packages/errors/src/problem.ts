import { BulkheadError, type BulkheadErrorOptions } from './bulkhead-error.ts';

/** A place in a file. Lines and columns count from 1. */
export interface ProblemSource {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing that is wrong, as data. Several of them make a {@link ProblemsError}. */
export interface Problem {
  /** Stable identifier, `ERR_<AREA>_<WHAT>`. */
  readonly code: string;
  /** Which thing, and what is wrong with it. */
  readonly message: string;
  /** What to type or edit to mend it. */
  readonly hint?: string;
  /** The way to the thing: keys of a configuration path, or names along a dependency path. */
  readonly path?: readonly string[];
  /** Where it stands, if it came from a file. */
  readonly source?: ProblemSource;
}

/** Everything that is wrong, at once: thrown by checks that do not stop at the first fault. */
export class ProblemsError extends BulkheadError {
  /** What is wrong, in the order in which it was found. Never empty by convention. */
  readonly problems: readonly Problem[];

  // eslint-disable-next-line @typescript-eslint/max-params -- its base has three, and the problems are what it is for
  constructor(code: string, message: string, problems: readonly Problem[], options?: BulkheadErrorOptions) {
    super(code, message, options);
    this.problems = problems;
  }
}

/** `file:line:column`, as far as known. Editors and terminals make it a link. */
export function formatSource(source: ProblemSource): string {
  const { file, line, column } = source;
  if (line === undefined) {
    return file;
  }
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}
