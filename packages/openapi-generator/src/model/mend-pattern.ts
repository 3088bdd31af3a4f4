/**
 * A regular expression in the form in which it compiles in Unicode mode, as JSON Schema wants it.
 *
 * Many are written with what only works without it: escapes that do nothing (`\-`, `\@`), and braces and brackets that
 * stand for themselves.
 *
 * @returns `undefined` if it is no regular expression of ECMAScript
 */
export function mendPattern(pattern: string): string | undefined {
  return [pattern, rewrite(pattern)].find(compiles);
}

/** An escape, a quantifier, or a character that means something to one of the two modes only. */
const PART = /\\(u\{[0-9a-f]+\}|[pP]\{[^{}]*\}|.)|\{\d+(?:,\d*)?\}|[[\]{}]/gis;

function rewrite(pattern: string): string {
  let isInBrackets = false;
  return pattern.replaceAll(PART, (part, escaped: string | undefined) => {
    if (escaped !== undefined) {
      return isNeedless(escaped, isInBrackets) ? escaped : part;
    }
    if (part.length > 1) {
      return part;
    }
    const isBracket = part === (isInBrackets ? ']' : '[');
    isInBrackets = isBracket ? !isInBrackets : isInBrackets;
    return isBracket ? part : `\\${part}`;
  });
}

/** Whether Unicode mode refuses to have a character escaped. A hyphen may be escaped in brackets only. */
function isNeedless(character: string, isInBrackets: boolean): boolean {
  return character === '-' ? !isInBrackets : /^[^\w^$\\.*+?()[\]{}|/]$/s.test(character);
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
