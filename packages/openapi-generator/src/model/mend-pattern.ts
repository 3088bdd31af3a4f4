/**
 * A regular expression in the form in which it compiles in Unicode mode, as JSON Schema wants it.
 *
 * Many are written with escapes that Unicode mode does not allow since they do nothing (`\-`, `\@`); these go.
 *
 * @returns `undefined` if it is no regular expression of ECMAScript
 */
export function mendPattern(pattern: string): string | undefined {
  for (const candidate of [pattern, pattern.replaceAll(NEEDLESS_ESCAPE, unescape), escapeHyphens(pattern)]) {
    if (compiles(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

/** Every escape, so that the one after a backslash is not taken for one itself. */
const NEEDLESS_ESCAPE = /\\(.)/gs;

function unescape(escape: string, character: string): string {
  return /[\w^$\\.*+?()[\]{}|/-]/.test(character) ? escape : character;
}

/** `\-` is an escape inside of brackets only. */
function escapeHyphens(pattern: string): string {
  let isInBrackets = false;
  return pattern.replaceAll(/\\(.)|[[\]]/gs, (part, character: string | undefined) => {
    if (character === undefined) {
      isInBrackets = part === '[';
      return part;
    }
    return character === '-' && !isInBrackets ? '-' : unescape(part, character);
  });
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
