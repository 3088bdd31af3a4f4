/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The keys that a JSON pointer names, `undefined` if it is none. */
export function parsePointer(pointer: string): readonly string[] | undefined {
  if (pointer === '') {
    return [];
  }
  return pointer.startsWith('/') ? pointer.slice(1).split('/').map(unescapeKey) : undefined;
}

/** The JSON pointer that names keys. */
export function formatPointer(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What stands at the end of a way through objects and lists. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, key);
    if (!isThere) {
      return undefined;
    }
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

function unescapeKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A value for a message: texts as they are, all else as JSON. */
export function formatValue(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}
