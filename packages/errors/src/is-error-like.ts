/** What an error of any origin has: another copy of a package, another realm, or a deserialised one. */
export interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly cause?: unknown;
}

/**
 * Whether `value` can be treated as an error. Does not ask for `instanceof Error`, which fails across package copies.
 * Something whose fields cannot even be read is none.
 */
export function isErrorLike(value: unknown): value is ErrorLike {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return 'name' in value && typeof value.name === 'string' && 'message' in value && typeof value.message === 'string';
  } catch {
    return false;
  }
}
