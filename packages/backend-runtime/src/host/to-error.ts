import { thrownValue } from '../errors.ts';

/** An error, whatever was thrown: an `Error` itself, or one that says what else it was. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : thrownValue(thrown);
}
