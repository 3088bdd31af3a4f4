import { notCacheable } from './errors.ts';

/** A value as JSON text. @throws InputError `ERR_CACHE_VALUE` when JSON would lose something of it */
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
  if (hasJson(value)) return refuseForeign(value.toJSON(), path, [...ancestors, value]);
  const isList = Array.isArray(value);
  if (!isList && Object.prototype.toString.call(value) !== '[object Object]')
    throw notCacheable(path, `a ${value.constructor?.name ?? 'foreign object'}`);
  for (const [key, inner] of Object.entries(value)) {
    // A field that is undefined is left out, as JSON does; an element of a list would become null.
    if (inner === undefined && !isList) continue;
    refuseForeign(inner, isList ? `${path}[${key}]` : `${path}.${key}`, [...ancestors, value]);
  }
}

/** Dates and URLs, and whatever else knows its form in JSON. */
function hasJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
