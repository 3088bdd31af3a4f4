import { notCacheable } from './errors.ts';

/** A value as JSON text. @throws InputError `ERR_CACHE_VALUE` when it would not come back as it is */
export function toCacheableJson(value: unknown): string {
  refuseForeign(value, '', []);
  return JSON.stringify(value);
}

function refuseForeign(value: unknown, path: string, ancestors: readonly object[]): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw notCacheable(path, String(value));
    return;
  }
  if (typeof value !== 'object') throw notCacheable(path, `of type ${typeof value}`);
  if (ancestors.includes(value)) throw notCacheable(path, 'part of a circle');
  const isList = Array.isArray(value);
  if (!isList && !isPlainObject(value)) throw notCacheable(path, `a ${value.constructor?.name ?? 'foreign object'}`);
  for (const [key, inner] of Object.entries(value)) {
    // A field that is undefined is left out, as JSON does; an element of a list would become null.
    if (inner === undefined && !isList) continue;
    refuseForeign(inner, isList ? `${path}[${key}]` : `${path}.${key}`, [...ancestors, value]);
  }
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The second test knows plain objects of other realms.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
