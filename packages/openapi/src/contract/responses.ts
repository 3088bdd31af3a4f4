import type { StatusKey } from './operation.ts';

/** What a contract says about responses of a status: under the status itself, else its range, else `default`. */
export function findResponse<TResponse>(
  responses: Readonly<Partial<Record<StatusKey, TResponse>>>,
  status: number,
): TResponse | undefined {
  const range = `${Math.floor(status / 100)}XX` as StatusKey;
  return responses[`${status}`] ?? responses[range] ?? responses.default;
}
