import { createHash } from 'node:crypto';

/** Longer names PostgreSQL cuts off, so that two of them may become one. */
const LIMIT = 63;
const HASH_LENGTH = 8;

/** The name of a plugin's role, and of its schema or database. Different for different ids, however long they are. */
export function pluginObjectName(prefix: string, pluginId: string): string {
  const name = `${prefix}${pluginId}`;
  const bytes = Buffer.from(name);
  if (bytes.length <= LIMIT) {
    return name;
  }
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  // Cutting may split a character; the replacement that stands for its half would be longer.
  const start = bytes
    .subarray(0, LIMIT - HASH_LENGTH - 1)
    .toString()
    .replace(/\uFFFD+$/, '');
  return `${start}_${hash}`;
}

/** A number of 31 bits for an advisory lock. */
export function lockNumber(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() >>> 1;
}

/** The first of the two numbers of each advisory lock of the host: `bulk`, so that one can tell them in `pg_locks`. */
export const LOCK_SPACE = 0x62756c6b;
