import { below } from '../violations/violations.ts';
import { countAtMost } from './count-at-most.ts';

/** How deep a body may be nested. Validators and handlers go down recursively, and the stack is finite. */
export const MAX_DEPTH = 500;

/** What became of a JSON text. */
export type ParsedJson =
  | { readonly value: unknown }
  /** Why it was refused, as the end of a sentence about the place. */
  | { readonly pointer: string; readonly fault: string };

/**
 * Parses a text that a stranger has sent. Refuses names by which a careless merge would reach the prototype of all
 * objects, and nesting that would exhaust the stack of whoever looks at the value.
 */
export function parseJson(text: string): ParsedJson {
  if (isTooDeep(text)) {
    return { pointer: '', fault: `is nested deeper than ${MAX_DEPTH} levels` };
  }
  try {
    const value = JSON.parse(text) as unknown;
    const pointer = isSuspicious(text) ? findPrototypeName(value, '') : undefined;
    return pointer === undefined ? { value } : { pointer, fault: 'is a name that is not allowed' };
  } catch (error) {
    return { pointer: '', fault: `is not valid JSON: ${(error as Error).message}` };
  }
}

/**
 * Whether a name of the kind may be in there, be it written with escapes. Nearly no text has to be looked into. A `constructor`
 * counts by its `prototype`, which is sooner looked for than what begins with a quote.
 */
function isSuspicious(text: string): boolean {
  return text.includes('__proto__') || text.includes('prototype"') || text.includes('\\u00');
}

/** Recursion is safe: the depth has been looked at. */
function findPrototypeName(value: unknown, pointer: string): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__' || (key === 'constructor' && hasPrototype(inner))) {
      return below(pointer, key);
    }
    const found = findPrototypeName(inner, below(pointer, key));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function hasPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isTooDeep(text: string): boolean {
  // Each level has a bracket. To count them, those in strings included, takes a fraction of what it takes to look at all characters.
  if (countAtMost(text, '{', MAX_DEPTH) + countAtMost(text, '[', MAX_DEPTH) <= MAX_DEPTH) {
    return false;
  }
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case QUOTE:
        index = endOfString(text, index);
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        if (depth > MAX_DEPTH) {
          return true;
        }
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
    }
  }
  return false;
}

/** Where the string that begins at `start` has its closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) {
      return end;
    }
  }
  return text.length;
}
