import type { ReadUrlResponse, SearchUrlResponse } from '@bulkhead/backend-plugin-api';
import { NotFoundError } from '@bulkhead/errors';

/** Whether a path, or a segment of one, is a pattern: `*`, `?`, `{a,b}`, `@(a|b)`. Brackets occur in names of files. */
export function isPattern(path: string): boolean {
  return /[*?]|\{[^{}]*(?:,|\.\.)[^{}]*\}|[@!+]\(.*\)/.test(path);
}

/** Finds the file at a URL without a pattern, and reads it. Nothing is found where there is no file. */
export async function findOne(url: string, read: () => Promise<ReadUrlResponse>): Promise<SearchUrlResponse> {
  try {
    const { buffer, etag = '', lastModifiedAt } = await read();
    // At once: whoever looks into what was found later should not be out of time.
    const content = await buffer();
    return { files: [{ url, content: async () => content, lastModifiedAt }], etag };
  } catch (error) {
    if (error instanceof NotFoundError) return { files: [], etag: '' };
    throw error;
  }
}
