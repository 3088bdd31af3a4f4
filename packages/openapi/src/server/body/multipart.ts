import { countAtMost } from '../request/count-at-most.ts';
import type { Violations } from '../violations/violations.ts';
import { MAX_FIELDS, type FormEntry } from './form-fields.ts';

const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i;

/**
 * The fields of a `multipart/form-data` body, by the parser of Node.js. Handlers get the files as a whole, so nothing
 * would be gained by one that streams; what that parser lacks is a limit to the number of parts.
 *
 * @param contentType - the header, with its boundary
 * @returns empty if there are violations
 */
export async function parseMultipart(
  bytes: Buffer,
  contentType: string,
  violations: Violations,
): Promise<readonly FormEntry[]> {
  const match = BOUNDARY.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) {
    violations.add('/headers/content-type', 'names no boundary');
    return [];
  }
  if (countAtMost(bytes, `--${boundary}`, MAX_FIELDS + 1) > MAX_FIELDS + 1) {
    violations.add('/body', `has more than ${MAX_FIELDS} parts`);
    return [];
  }
  try {
    const form = await new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': contentType },
    }).formData();
    return [...form.entries()];
  } catch {
    violations.add('/body', 'is not valid multipart/form-data');
    return [];
  }
}
