/**
 * The places of the first two items of a list that are the same value of JSON, the earlier one first. Takes time in
 * proportion to the size of the list.
 */
export function firstDuplicate(items: readonly unknown[]): readonly [number, number] | undefined {
  const seen = new Map<unknown, number>();
  for (const [index, item] of items.entries()) {
    // Objects are compared by a text that no other item can be: a string is told from it by the prefix.
    const key =
      typeof item === 'object' && item !== null ? `o${canonical(item)}` : typeof item === 'string' ? `s${item}` : item;
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      return [earlier, index];
    }
    seen.set(key, index);
  }
  return undefined;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
