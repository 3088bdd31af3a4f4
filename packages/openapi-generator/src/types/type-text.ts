/** The text of a type, and what it has to be put into parentheses for. */
export interface TypeText {
  readonly text: string;
  /** What holds its parts together: nothing that could come apart, `readonly …[]`, `&`, or `|`. */
  readonly binding: 'atom' | 'operator' | 'intersection' | 'union';
}

/** A type that is one word, or stands in brackets. */
export function atom(text: string): TypeText {
  return { text, binding: 'atom' };
}

/** What anything is. */
export const UNKNOWN: TypeText = atom('unknown');

/** What nothing is. */
export const NEVER: TypeText = atom('never');

/** What any of some types is. */
export function unionOf(types: readonly TypeText[]): TypeText {
  if (types.some(({ text }) => text === UNKNOWN.text)) {
    return UNKNOWN;
  }
  const members = distinct(types.filter(({ text }) => text !== NEVER.text));
  const [only] = members;
  if (members.length <= 1) {
    return only ?? NEVER;
  }
  return { text: members.map((type) => enclose(type, ['intersection'])).join(' | '), binding: 'union' };
}

/** What is all of some types. */
export function intersectionOf(types: readonly TypeText[]): TypeText {
  if (types.some(({ text }) => text === NEVER.text)) {
    return NEVER;
  }
  const members = distinct(types.filter(({ text }) => text !== UNKNOWN.text));
  const [only] = members;
  if (members.length <= 1) {
    return only ?? UNKNOWN;
  }
  return { text: members.map((type) => enclose(type, ['union'])).join(' & '), binding: 'intersection' };
}

/** A list. */
export function listOf(item: TypeText): TypeText {
  return { text: `readonly ${enclose(item, ['operator', 'intersection', 'union'])}[]`, binding: 'operator' };
}

/** A value of JSON as the type that only it has. */
export function literalType(value: unknown): TypeText {
  if (Array.isArray(value)) {
    return { text: `readonly [${value.map((item) => literalType(item).text).join(', ')}]`, binding: 'operator' };
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `readonly ${JSON.stringify(name)}: ${literalType(member).text}`,
    );
    return atom(`{ ${members.join('; ')} }`);
  }
  return atom(JSON.stringify(value));
}

function distinct(types: readonly TypeText[]): readonly TypeText[] {
  return [...new Map(types.map((type) => [type.text, type])).values()];
}

function enclose({ text, binding }: TypeText, bindings: readonly TypeText['binding'][]): string {
  return bindings.includes(binding) ? `(${text})` : text;
}
