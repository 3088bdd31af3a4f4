/**
 * A name in Pascal case, as types have: letters and digits stay, whatever else there is begins a word.
 *
 * @returns a valid identifier
 */
export function pascalCase(name: string): string {
  const words = name.match(/[\p{ID_Start}\p{Nd}$]+/gu) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^\p{ID_Start}/u.test(joined) ? joined : `Type${joined}`;
}

/**
 * A name in camel case, as methods have. What is an identifier already stays as it is.
 *
 * @returns a valid identifier
 */
export function camelCase(name: string): string {
  if (isIdentifier(name)) {
    return name;
  }
  const [first = '', ...others] = name.match(/[\p{ID_Start}\p{Nd}$]+/gu) ?? [];
  const start = first === first.toUpperCase() ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1);
  const joined = start + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[\p{ID_Start}$]/u.test(joined) ? joined : `call${joined}`;
}

/** Whether a text can name something in TypeScript, reserved words aside. */
export function isIdentifier(text: string): boolean {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(text);
}

/** Gives out names, each of them once, regardless of case: files may be named after them. */
export class UniqueNames {
  readonly #taken = new Set<string>();

  /** @param taken - names that are not given out */
  constructor(taken: Iterable<string> = []) {
    for (const name of taken) {
      this.#taken.add(name.toLowerCase());
    }
  }

  /** The wanted name if it is still free, else with a number behind it. */
  take(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name.toLowerCase()); number++) {
      name = `${wanted}${number}`;
    }
    this.#taken.add(name.toLowerCase());
    return name;
  }
}
