import { HttpError } from './http-error.ts';
import { httpErrorByName } from './http-error-registry.ts';

/**
 * The HTTP status that an error of any origin stands for.
 *
 * An integer `statusCode` or `status` between 400 and 599 on the error wins, then the name of its class, else 500.
 */
export function statusCodeOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) {
    return 500;
  }
  if (error instanceof HttpError) {
    return error.statusCode;
  }
  const { statusCode, status, name } = error as { statusCode?: unknown; status?: unknown; name?: unknown };
  for (const candidate of [statusCode, status]) {
    if (typeof candidate === 'number' && Number.isInteger(candidate) && candidate >= 400 && candidate <= 599) {
      return candidate;
    }
  }
  return (typeof name === 'string' ? httpErrorByName(name)?.statusCode : undefined) ?? 500;
}
