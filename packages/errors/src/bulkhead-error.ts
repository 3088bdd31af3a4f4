/** What every {@link BulkheadError} may carry beyond its code and message. */
export interface BulkheadErrorOptions {
  /** What to type or edit to mend it: one or two sentences for the person who reads the message. */
  readonly hint?: string;
  /** The error that led to this one. Never fold its message into this one's. */
  readonly cause?: unknown;
}

/**
 * Base of every error that Bulkhead throws.
 *
 * The message says which thing and what happened, `hint` says what to do about it. Callers switch on `code`
 * (`ERR_<AREA>_<WHAT>`, each one documented in `docs/errors.md`), never on the message.
 */
export class BulkheadError extends Error {
  /** Stable identifier, `ERR_<AREA>_<WHAT>`. */
  readonly code: string;
  /** What to type or edit to mend it. */
  declare readonly hint?: string;

  constructor(code: string, message: string, options: BulkheadErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    // Not enumerable, like the built-in one: loggers that print own fields show it once.
    Object.defineProperty(this, 'name', { value: new.target.name, configurable: true, writable: true });
    this.code = code;
    if (options.hint !== undefined) {
      this.hint = options.hint;
    }
  }
}
