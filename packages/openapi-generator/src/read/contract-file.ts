import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Problem, ProblemSource } from '@bulkhead/errors';
import type { JsonValue } from '@bulkhead/types';
import { badSyntax } from './problems.ts';

/** What aliases may blow a document up to, as a multiple. */
const MAX_ALIASES = 10_000;

/**
 * A file of a contract: its content as plain values, and the place of each of them.
 *
 * JSON is read by `JSON.parse`, and its places are looked for when the first of them is asked for: the descriptions of
 * large APIs have a million values, of which hardly any ever gets into a message.
 */
export class ContractFile {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly name: string;
  readonly content: JsonValue | undefined;
  /** What is wrong with its syntax. If anything is, there is no content. */
  readonly problems: readonly Problem[];
  readonly #text: string;
  readonly #lines = new LineCounter();
  #document: Document | undefined;

  constructor(path: string, name: string, text: string) {
    this.path = path;
    this.name = name;
    this.#text = text;
    const json = path.endsWith('.json') ? parseJson(text) : undefined;
    this.content = json ?? this.#readYaml();
    this.problems = json === undefined ? this.#faults() : [];
  }

  /**
   * The place of a value, or of the key that leads to it. What is not there has the place of what it would stand in.
   *
   * @param keys - the way to the value from the top of the file
   */
  locate(keys: readonly string[], part: 'key' | 'value' = 'value'): ProblemSource {
    let node: unknown = this.#parsed().contents;
    let offset = offsetOf(node) ?? 0;
    keys.forEach((key, index) => {
      const pair = pairAt(node, key);
      node = pair?.value;
      const wanted = index === keys.length - 1 && part === 'key' ? pair?.key : pair?.value;
      offset = offsetOf(wanted) ?? offsetOf(pair?.key) ?? offset;
    });
    return this.#at(offset);
  }

  #readYaml(): JsonValue | undefined {
    const document = this.#parsed();
    if (document.errors.length > 0) {
      return undefined;
    }
    try {
      return document.toJS({ maxAliasCount: MAX_ALIASES }) as JsonValue;
    } catch {
      return undefined;
    }
  }

  #faults(): readonly Problem[] {
    const { errors } = this.#parsed();
    if (errors.length === 0 && this.content === undefined) {
      return [
        badSyntax('aliases make the document too large, or stand inside of their own anchor', { file: this.name }),
      ];
    }
    // What the parser says after its first fault is mostly a consequence of it.
    return errors.slice(0, 1).map(({ message, pos }) => badSyntax(message.split('\n')[0]!, this.#at(pos[0])));
  }

  #parsed(): Document {
    this.#document ??= parseDocument(this.#text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      merge: true,
      logLevel: 'error',
    });
    return this.#document;
  }

  #at(offset: number): ProblemSource {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.name, line: Math.max(1, line), column: Math.max(1, col) };
  }
}

/** @returns `undefined` for what is no JSON, and if a key stands twice in an object, which the parser of YAML refuses */
function parseJson(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return countMembers(value) === countColons(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The members of all objects in a value. */
function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  const inner = Object.values(value);
  return inner.reduce<number>((sum, each) => sum + countMembers(each), Array.isArray(value) ? 0 : inner.length);
}

/** The members of all objects as they are written, each with a colon outside of texts. */
function countColons(text: string): number {
  let count = 0;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|:/gs)) {
    count += token === ':' ? 1 : 0;
  }
  return count;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

/** The key and the value at a key of a mapping, or the item at an index of a sequence. */
function pairAt(node: unknown, key: string): { key: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return { key: item, value: item };
  }
  if (!isMap(node)) {
    return undefined;
  }
  const pair = node.items.find((each) => isPair(each) && String(each.key) === key);
  return pair && { key: pair.key, value: pair.value };
}
