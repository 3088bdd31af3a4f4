import { decodeFormText } from './percent.ts';

/**
 * Goes through the pairs of a query, or of a form.
 *
 * @param take - gets a name, decoded, and a value as it was sent
 * @returns whether all names could be decoded
 */
export function forEachPair(text: string, take: (name: string, rawValue: string) => void): boolean {
  let isSound = true;
  for (let start = 0; start < text.length;) {
    const ampersand = text.indexOf('&', start);
    const end = ampersand === -1 ? text.length : ampersand;
    if (end > start) {
      const equals = text.indexOf('=', start);
      const nameEnd = equals === -1 || equals > end ? end : equals;
      const name = decodeFormText(text.slice(start, nameEnd));
      if (name === undefined) {
        isSound = false;
      } else {
        take(name, text.slice(Math.min(nameEnd + 1, end), end));
      }
    }
    start = end + 1;
  }
  return isSound;
}
