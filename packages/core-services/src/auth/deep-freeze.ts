/** Keeps what many requests share from being changed by one of them. Dates cannot be kept from it. */
export function deepFreeze<T extends object>(value: T): T {
  Object.freeze(value);
  for (const part of Object.values<unknown>(value as Record<string, unknown>)) {
    if (typeof part === 'object' && part !== null) {
      deepFreeze(part);
    }
  }
  return value;
}
