/**
 * A text without its percent-encoding.
 *
 * @returns `undefined` for broken escapes, and for bytes that are not UTF-8
 */
export function decodePercent(text: string): string | undefined {
  if (!text.includes('%')) {
    return text;
  }
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** As {@link decodePercent}, for queries and forms, where a plus sign is a space. */
export function decodeFormText(text: string): string | undefined {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/** A text as it is: headers have no percent-encoding. */
export function asIs(text: string): string {
  return text;
}
