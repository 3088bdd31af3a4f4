import type { ProblemSource } from '@bulkhead/errors';
import { isMap, isPair, isScalar, isSeq, parseDocument, visit, type Node, type Pair, type YAMLMap } from 'yaml';
import { applyEdits, placeAt, type TextEdit } from './text-edits.ts';

/** A key with its value. */
export interface YamlEntry {
  readonly key: string;
  readonly pair: Pair<Node, Node | null>;
  /** The object that it is part of. */
  readonly map: YAMLMap;
}

/** A file of YAML that is edited in place: what no edit touches stays as it is, comments included. */
export class YamlFile {
  readonly name: string;
  readonly text: string;
  readonly #root: Node | null;
  readonly #edits: TextEdit[] = [];
  readonly #removed = new Set<Pair>();
  /** What the parser did not understand, with its offset. */
  readonly errors: readonly { readonly message: string; readonly offset: number }[];

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
    this.#root = document.contents;
    this.errors = document.errors.map(({ message, pos }) => ({ message, offset: pos[0] }));
  }

  /** The text with all edits. */
  get edited(): string {
    return applyEdits(this.text, this.#edits);
  }

  /** The entry at a path, unless it was removed. */
  find(...path: readonly string[]): YamlEntry | undefined {
    const entries = this.#chain(path);
    return entries.length === path.length ? entries.at(-1) : undefined;
  }

  /** The value at a path, as JSON. */
  valueAt(...path: readonly string[]): unknown {
    const value = this.find(...path)?.pair.value;
    return value ? (value.toJSON() as unknown) : undefined;
  }

  /** The entries of the object at a path. */
  entriesOf(...path: readonly string[]): readonly YamlEntry[] {
    const map = path.length === 0 ? this.#root : this.find(...path)?.pair.value;
    if (!isMap(map)) return [];
    return map.items.flatMap((pair) => this.#toEntry(pair as Pair<Node, Node | null>, map) ?? []);
  }

  /** Where the entry at a path stands, or else the nearest one around it. Indices of lists are parts of the path. */
  at(path: readonly string[]): ProblemSource {
    let start = 0;
    let node: unknown = this.#root;
    for (const key of path) {
      const entry = isMap(node) ? this.#entryIn(node, key) : undefined;
      const item = isSeq(node) ? (node.items[Number(key)] as Node | undefined) : undefined;
      const found = entry?.pair.key ?? item;
      if (!found) break;
      start = found.range?.[0] ?? start;
      node = entry ? entry.pair.value : item;
    }
    return this.place(start);
  }

  /** Where an offset is. */
  place(offset: number): ProblemSource {
    return placeAt(this.name, this.text, offset);
  }

  /** Whether the entry at a path can be edited line by line: one in braces shares its line with others. */
  isEditable({ map }: YamlEntry): boolean {
    return map.flow !== true;
  }

  /** Puts other text in the place of a value. */
  replaceValue({ pair }: YamlEntry, text: string): void {
    const [start, end] = pair.value?.range ?? [0, 0];
    this.#edits.push({ start, end, text });
  }

  /** Puts what `rewrite` makes of them in the place of texts, quotes included, that are values of keys within an entry. */
  rewriteValues(path: readonly string[], rewrite: (text: string) => string): void {
    const within = this.find(...path)?.pair.value;
    if (!within) return;
    visit(within, {
      Pair: (_, { value }) => {
        if (!isScalar(value) || !value.range) return;
        const [start, end] = value.range;
        const text = this.text.slice(start, end);
        const rewritten = rewrite(text);
        if (rewritten !== text) this.#edits.push({ start, end, text: rewritten });
      },
    });
  }

  /** Turns an entry, with all that is in it, into comments. */
  commentOut({ pair }: YamlEntry, reason: string): void {
    this.#removed.add(pair);
    const start = this.#lineStart(pair.key.range![0]);
    const indent = this.text.slice(start, pair.key.range![0]);
    const end = pair.value?.range?.[1] ?? pair.key.range![1];
    const lines = this.text.slice(start, end).trimEnd().split('\n');
    const commented = lines.map((line) => (line.trim() === '' ? line : `${indent}# ${line.slice(indent.length)}`));
    const text = [`${indent}# ${reason}`, ...commented].join('\n');
    this.#edits.push({ start, end: start + lines.join('\n').length, text });
  }

  /** Puts entries in front of the first one of the object at a path, with a comment where there is room for one. */
  insertFirst(path: readonly string[], entries: readonly string[], comment?: string): void {
    const [first] = this.entriesOf(...path);
    if (!first) return;
    const [key] = first.pair.key.range!;
    if (!this.isEditable(first)) {
      this.#edits.push({ start: key, end: key, text: entries.map((entry) => `${entry}, `).join('') });
      return;
    }
    const start = this.#lineStart(key);
    const indent = this.text.slice(start, key);
    const lines = [...(comment === undefined ? [] : [`# ${comment}`]), ...entries];
    this.#edits.push({ start, end: start, text: lines.map((line) => `${indent}${line}\n`).join('') });
  }

  #lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  #chain(path: readonly string[]): readonly YamlEntry[] {
    const entries: YamlEntry[] = [];
    let node: unknown = this.#root;
    for (const key of path) {
      const entry = isMap(node) ? this.#entryIn(node, key) : undefined;
      if (!entry) break;
      entries.push(entry);
      node = entry.pair.value;
    }
    return entries;
  }

  #entryIn(map: YAMLMap, key: string): YamlEntry | undefined {
    for (const pair of map.items) {
      const entry = this.#toEntry(pair as Pair<Node, Node | null>, map);
      if (entry?.key === key) return entry;
    }
    return undefined;
  }

  #toEntry(pair: Pair<Node, Node | null>, map: YAMLMap): YamlEntry | undefined {
    if (!isPair(pair) || !isScalar(pair.key) || this.#removed.has(pair)) return undefined;
    return { key: String(pair.key.value), pair, map };
  }
}
