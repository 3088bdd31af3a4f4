/**
 * A regular expression of a contract as one that JavaScript takes with the flag `u`, with which JSON Schema wants them
 * compiled: many contracts escape characters that need no escape (`\-`, `\@`), which is an error there.
 *
 * @returns nothing if it is no regular expression of JavaScript
 */
export function unicodePattern(pattern: string): string | undefined {
  return [pattern, withoutNeedlessEscapes(pattern)].find(isUnicodePattern);
}

function isUnicodePattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** What may follow a backslash: letters and digits with a meaning, and the characters of the syntax. */
const ESCAPED = /[\^$\\.*+?()[\]{}|/\dbBcdDfknprsStuvwWx]/u;

function withoutNeedlessEscapes(pattern: string): string {
  let inClass = false;
  return pattern.replaceAll(/\\(.)|\[|\]/gsu, (match, escaped: string | undefined) => {
    if (escaped === undefined) {
      const wasInClass = inClass;
      inClass = match === '[' ? true : match === ']' ? false : inClass;
      // A bracket that nothing has opened, or one inside of a class, stands for itself.
      return (match === ']' && !wasInClass) || (match === '[' && wasInClass) ? `\\${match}` : match;
    }
    if (ESCAPED.test(escaped) || (inClass && escaped === '-')) {
      return match;
    }
    return escaped;
  });
}
