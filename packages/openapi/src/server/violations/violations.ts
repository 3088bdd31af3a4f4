import { MAX_VIOLATIONS, type Violation } from '@bulkhead/errors';

/** Gathers what is wrong with a request or a response. Keeps as many violations as travel, and counts the others. */
export class Violations {
  readonly #kept: Violation[] = [];
  #count = 0;
  /** What to do about one of them, for the person who reads the error. */
  hint: string | undefined;

  get count(): number {
    return this.#count;
  }

  get kept(): readonly Violation[] {
    return this.#kept;
  }

  add(pointer: string, message: string): void {
    this.#count += 1;
    if (this.#kept.length < MAX_VIOLATIONS) {
      this.#kept.push({ pointer, message });
    }
  }

  /** Whether something is wrong at a place, or above it. */
  hasAt(pointer: string): boolean {
    return this.#kept.some((kept) => kept.pointer === pointer || pointer.startsWith(`${kept.pointer}/`));
  }
}

/** A JSON pointer (RFC 6901) to what is below another one. */
export function below(pointer: string, key: string | number): string {
  const token = typeof key === 'number' ? String(key) : key.replaceAll('~', '~0').replaceAll('/', '~1');
  return `${pointer}/${token}`;
}
