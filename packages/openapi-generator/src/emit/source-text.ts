import { isIdentifier } from '../model/names.ts';

/** A name as the key of an object or of a type. */
export function propertyKey(name: string): string {
  return isIdentifier(name) ? name : JSON.stringify(name);
}

/** What a comment of TSDoc says. */
export interface Remarks {
  readonly summary?: string;
  readonly description?: string;
  /** Since when, or that it is. */
  readonly deprecated?: string | boolean;
}

/** A comment of TSDoc, with the line break after it; nothing if there is nothing to say. */
export function docComment({ summary, description, deprecated }: Remarks): string {
  const paragraphs = [summary, description].filter((text) => text !== undefined && text.trim() !== '');
  const text = paragraphs.join('\n\n').trim();
  const lines = text === '' ? [] : text.split('\n');
  if (deprecated !== undefined && deprecated !== false) {
    const since = typeof deprecated === 'string' ? ` since ${deprecated}` : ' by its contract';
    lines.push(...(lines.length === 0 ? [] : ['']), `@deprecated${since}`);
  }
  if (lines.length === 0) {
    return '';
  }
  const safe = lines.map((line) => withoutSyntax(line.trimEnd()));
  return safe.length === 1
    ? `/** ${safe[0]} */\n`
    : `/**\n${safe.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

/** A text in which nothing ends the comment or is taken for a tag. */
function withoutSyntax(line: string): string {
  return line.startsWith('@deprecated') ? line : line.replaceAll('*/', '*\\/').replaceAll(/(?<![\w`])@(?=\w)/gu, '\\@');
}

/** Declares a type: as an interface, if it is the type of one object. */
export function declareType(name: string, type: string): string {
  const isObject = type.startsWith('{') && endOfBraces(type) === type.length - 1;
  return isObject ? `export interface ${name} ${type}` : `export type ${name} = ${type};`;
}

/** Where the brace is closed with which a type begins. Braces in comments and texts come in pairs or not at all. */
function endOfBraces(type: string): number {
  let depth = 0;
  for (let index = 0; index < type.length; index++) {
    depth += type[index] === '{' ? 1 : type[index] === '}' ? -1 : 0;
    if (depth === 0) {
      return index;
    }
  }
  return -1;
}

/** Data as a literal, without what is `undefined`. Values that are code are put in as they are: see {@link code}. */
export function literal(value: unknown): string {
  if (value instanceof Code) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => `${propertyKey(name)}: ${literal(member)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** Code in data: a name that a literal refers to. */
export function code(text: string): unknown {
  return new Code(text);
}

class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
