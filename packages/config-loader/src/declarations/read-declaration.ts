import type { SchemaNode } from '../schema/schema-node.ts';
import { readDoc } from './read-doc.ts';
import { scanTokens, type Token } from './scan-tokens.ts';

/** How often a type may stand within itself before it counts as anything. */
const MAX_DEPTH = 12;
/** How many named types may be looked into in all. Several that contain each other multiply beyond all bounds. */
const MAX_RESOLVED = 2_000;

/** Where the tokens of a named type begin. */
type Declarations = ReadonlyMap<string, number>;

/**
 * The schema that a `config.d.ts` describes with its interface `Config`: which keys there are, and who may see them
 * (`@visibility`, `@deepVisibility`, `@deprecated` in the comment of a key). What types the values have is not told:
 * such a schema refuses nothing.
 *
 * Takes any text. What it cannot read, it passes over; types of other files count as anything.
 */
export function readDeclaration(source: string): SchemaNode {
  const tokens = scanTokens(source);
  const declarations = findDeclarations(tokens);
  const start = declarations.get('Config');
  return start === undefined ? {} : new TypeReader(tokens, declarations).readAt(start, 0);
}

/** `interface Name … {` and `type Name … =`, wherever they stand. */
function findDeclarations(tokens: readonly Token[]): Declarations {
  const found = new Map<string, number>();
  tokens.forEach(({ type, value }, index) => {
    const name = tokens[index + 1];
    if (type !== 'name' || (value !== 'interface' && value !== 'type') || name?.type !== 'name') return;
    const opening = value === 'interface' ? '{' : '=';
    const start = tokens.findIndex((token, at) => at > index + 1 && token.value === opening && token.type === 'mark');
    if (start !== -1) found.set(name.value, value === 'interface' ? start : start + 1);
  });
  return found;
}

/** Reads types from tokens. */
class TypeReader {
  readonly #tokens: readonly Token[];
  readonly #declarations: Declarations;
  #at = 0;
  #resolved = 0;

  constructor(tokens: readonly Token[], declarations: Declarations) {
    this.#tokens = tokens;
    this.#declarations = declarations;
  }

  /** Reads the type that begins at a token, and comes back to where it was. */
  readAt(start: number, depth: number): SchemaNode {
    const before = this.#at;
    this.#at = start;
    const schema = this.#readType(depth);
    this.#at = before;
    return schema;
  }

  get #token(): Token {
    return this.#tokens[this.#at]!;
  }

  #isMark(...marks: readonly string[]): boolean {
    const { type, value } = this.#token;
    return type === 'mark' && marks.includes(value);
  }

  #take(mark: string): boolean {
    if (!this.#isMark(mark)) return false;
    this.#at++;
    return true;
  }

  /** `A | B & C`: what each of them says holds, since all that matters here is who may see what. */
  #readType(depth: number): SchemaNode {
    const branches: SchemaNode[] = [];
    do {
      this.#take('|');
      this.#take('&');
      branches.push(this.#readPostfix(depth));
    } while (this.#isMark('|', '&'));
    const [only] = branches;
    return branches.length === 1 ? only! : { anyOf: branches };
  }

  /** `A[]`, `A[][]`, `A['key']` */
  #readPostfix(depth: number): SchemaNode {
    let schema = this.#readPrimary(depth);
    while (this.#isMark('[') && !this.#token.startsLine) {
      this.#at++;
      schema = this.#take(']') ? { items: schema } : (this.#skipTo(']'), {});
    }
    return schema;
  }

  #readPrimary(depth: number): SchemaNode {
    if (depth > MAX_DEPTH) return this.#skipType();
    if (this.#take('{')) return this.#readMembers(depth + 1);
    if (this.#take('(')) return this.#readParenthesized(depth);
    if (this.#take('[')) return { items: { anyOf: this.#readList(']', depth) } };
    if (this.#token.type === 'name') return this.#readNamed(depth);
    if (this.#token.type !== 'end' && !this.#isMark(';', ',', '}', ')', ']', '>')) this.#at++;
    return {};
  }

  /** `(A | B)`, or `(a: string) => void`, which no configuration has. */
  #readParenthesized(depth: number): SchemaNode {
    const start = this.#at;
    const schema = this.#readType(depth + 1);
    if (this.#take(')') && !this.#isMark('=>')) return schema;
    this.#at = start;
    this.#skipTo(')');
    if (this.#take('=>')) this.#readType(depth);
    return {};
  }

  #readNamed(depth: number): SchemaNode {
    const name = this.#token.value;
    this.#at++;
    if (['readonly', 'keyof', 'typeof', 'unique'].includes(name) && !this.#isMark(';', ',', '}')) {
      return this.#readPrimary(depth);
    }
    let isQualified = false;
    while (this.#take('.') || this.#isMark('(')) {
      isQualified = true;
      if (this.#take('(')) this.#skipTo(')');
      else this.#at++;
    }
    const parameters = this.#take('<') ? this.#readList('>', depth + 1) : [];
    return isQualified ? {} : this.#resolve(name, parameters, depth);
  }

  #resolve(name: string, parameters: readonly SchemaNode[], depth: number): SchemaNode {
    switch (name) {
      case 'Array':
      case 'ReadonlyArray':
        return { items: parameters[0] ?? {} };
      case 'Record':
        return { additionalProperties: parameters[1] ?? {} };
      case 'Partial':
      case 'Readonly':
      case 'Required':
      case 'NonNullable':
      case 'Omit':
      case 'Pick':
        return parameters[0] ?? {};
    }
    const start = this.#declarations.get(name);
    return start === undefined || ++this.#resolved > MAX_RESOLVED ? {} : this.readAt(start, depth + 1);
  }

  #readList(end: string, depth: number): SchemaNode[] {
    const items: SchemaNode[] = [];
    while (!this.#isMark(end) && this.#token.type !== 'end') {
      const before = this.#at;
      items.push(this.#readType(depth));
      if (!this.#take(',') && !this.#isMark(end)) this.#skipType();
      if (this.#at === before) this.#at++;
    }
    this.#take(end);
    return items;
  }

  /** What stands between braces. */
  #readMembers(depth: number): SchemaNode {
    const properties: Record<string, SchemaNode> = {};
    let others: SchemaNode | undefined;
    while (!this.#isMark('}') && this.#token.type !== 'end') {
      const marks = readDoc(this.#token.doc);
      if (this.#token.value === 'readonly' && !['?', ':'].includes(this.#tokens[this.#at + 1]!.value)) this.#at++;
      const key = this.#readKey();
      this.#take('?');
      if (this.#take(':')) {
        const schema = { ...this.#readType(depth), ...marks };
        if (key === undefined) others = schema;
        // Not by assignment: a key may be called __proto__.
        else Object.defineProperty(properties, key, { value: schema, enumerable: true, configurable: true });
      }
      this.#endMember();
    }
    this.#take('}');
    return { properties, ...(others && { additionalProperties: others }) };
  }

  /** The name of a member; `undefined` for `[name: string]` and `[Key in Keys]`. */
  #readKey(): string | undefined {
    if (this.#take('[')) {
      this.#skipTo(']');
      return undefined;
    }
    const { type, value } = this.#token;
    if (type === 'mark') return undefined;
    this.#at++;
    return value;
  }

  /** To the next member, over whatever could not be read. */
  #endMember(): void {
    const isOver = (): boolean => this.#isMark(';', ',', '}') || this.#token.type === 'end';
    if (!isOver() && this.#token.startsLine && this.#token.type !== 'mark') return;
    while (!isOver()) this.#skipOne();
    if (!this.#take(';')) this.#take(',');
  }

  #skipType(): SchemaNode {
    while (!this.#isMark(';', ',', '}', ')', ']', '>', '|', '&') && this.#token.type !== 'end') this.#skipOne();
    return {};
  }

  /** Over one token, or over all that stands in its brackets. */
  #skipOne(): void {
    const closing = { '{': '}', '(': ')', '[': ']', '<': '>' }[this.#token.type === 'mark' ? this.#token.value : ''];
    this.#at++;
    if (closing !== undefined) this.#skipTo(closing);
  }

  #skipTo(closing: string): void {
    while (!this.#isMark(closing) && this.#token.type !== 'end') this.#skipOne();
    this.#take(closing);
  }
}
