import type { Problem, ProblemSource } from '@bulkhead/errors';
import type { Alias, Document, Node, Pair } from 'yaml';
import { badYaml, duplicateKey } from '../errors.ts';
import { MAX_DEPTH, type LocatedEntry, type LocatedNode } from '../tree/located-tree.ts';

/** The `yaml` package, which loads when the first file is read. */
export type YamlModule = typeof import('yaml');

/** A file's content with the place of every node. */
export interface ParsedFile {
  /** Absent if the file is empty or so broken that its parts mean nothing. */
  readonly root?: LocatedNode;
  readonly problems: readonly Problem[];
}

/** What aliases may blow a document up to. */
const MAX_NODES = 100_000;

/**
 * Reads YAML, of which JSON is a part. Anchors and aliases are resolved, tags other than those of JSON refused.
 *
 * @param text - the file's content
 * @param file - the file's name for messages
 */
export function parseYaml(yaml: YamlModule, text: string, file: string): ParsedFile {
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    schema: 'core',
  });
  const place = (offset: number): ProblemSource => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const located = faults.map(({ code, pos }) => ({ code, source: place(pos[0]) }));
    return { problems: explainFaults(located, text.split('\n')) };
  }
  const converter = new YamlConverter(yaml, document, (node) => (node?.range ? place(node.range[0]) : undefined));
  const root = document.contents === null ? undefined : converter.convert(document.contents, [], { file });
  return { root, problems: converter.problems };
}

const TOO_DEEP = 'the document is nested too deeply';

type Pairs = readonly Pair<Node, Node | null>[];

/** Turns the nodes of one document into located ones. */
class YamlConverter {
  readonly problems: Problem[] = [];
  readonly #yaml: YamlModule;
  readonly #aliasTargets: ReadonlyMap<Alias, Node>;
  readonly #place: (node: Node | null) => ProblemSource | undefined;
  readonly #openAliases = new Set<Node>();
  #nodes = 0;

  constructor(yaml: YamlModule, document: Document, place: (node: Node | null) => ProblemSource | undefined) {
    this.#yaml = yaml;
    this.#aliasTargets = findAliasTargets(yaml, document);
    this.#place = place;
  }

  convert(node: Node | null, path: readonly string[], around: ProblemSource): LocatedNode {
    const source = this.#place(node) ?? around;
    this.#nodes += 1;
    if (this.#nodes >= MAX_NODES || path.length > MAX_DEPTH) {
      return this.#giveUp(source);
    }
    if (this.#yaml.isAlias(node)) {
      return this.#convertAlias(node, path, source);
    }
    if (this.#yaml.isMap(node)) {
      return { type: 'object', entries: this.#convertPairs(node.items as Pairs, path, source), source };
    }
    if (this.#yaml.isSeq(node)) {
      const items = node.items.map((item, index) => this.convert(item as Node, [...path, String(index)], source));
      return { type: 'list', items, source };
    }
    return this.#convertScalar(node, source);
  }

  #giveUp(source: ProblemSource): LocatedNode {
    if (this.#nodes === MAX_NODES) {
      this.problems.push(badYaml('aliases make the document too large', source));
    } else if (this.#nodes < MAX_NODES) {
      this.problems.push(badYaml(TOO_DEEP, source));
    }
    return { type: 'unresolved', source };
  }

  #convertScalar(node: Node | null, source: ProblemSource): LocatedNode {
    const value = this.#yaml.isScalar(node) ? node.value : null;
    if (value === null || typeof value === 'string' || typeof value === 'boolean') {
      return { type: 'scalar', value, source };
    }
    if (typeof value === 'number' && Number.isFinite(value)) {
      return { type: 'scalar', value, source };
    }
    this.problems.push(badYaml('a value that JSON does not know', source));
    return { type: 'unresolved', source };
  }

  #convertAlias(alias: Alias, path: readonly string[], source: ProblemSource): LocatedNode {
    const target = this.#aliasTargets.get(alias);
    if (!target || this.#openAliases.has(target)) {
      this.problems.push(
        badYaml(target ? 'an alias stands inside its own anchor' : 'an alias without an anchor', source),
      );
      return { type: 'unresolved', source };
    }
    this.#openAliases.add(target);
    const node = this.convert(target, path, source);
    this.#openAliases.delete(target);
    return node;
  }

  #convertPairs(pairs: Pairs, path: readonly string[], around: ProblemSource): Map<string, LocatedEntry> {
    const entries = new Map<string, LocatedEntry>();
    for (const { key: keyNode, value } of pairs) {
      const keySource = this.#place(keyNode) ?? around;
      const key = this.#yaml.isScalar(keyNode) ? keyNode.value : undefined;
      if (typeof key !== 'string' && typeof key !== 'number' && typeof key !== 'boolean') {
        this.problems.push(badYaml('a key that is not a plain text', keySource));
        continue;
      }
      const name = String(key);
      if (entries.has(name)) {
        this.problems.push(duplicateKey([...path, name], keySource));
        continue;
      }
      entries.set(name, { keySource, node: this.convert(value, [...path, name], keySource) });
    }
    return entries;
  }
}

/** What each alias stands for: the nearest node before it with its anchor. One search for all; the library searches for each. */
function findAliasTargets(yaml: YamlModule, document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  yaml.visit(document, {
    Alias(_key, alias) {
      const target = anchors.get(alias.source);
      if (target) {
        targets.set(alias, target);
      }
    },
    Value(_key, node) {
      if (node.anchor !== undefined) {
        anchors.set(node.anchor, node);
      }
    },
  });
  return targets;
}

/**
 * What a fault of the parser means. The parser's own messages quote the file, which may have secrets in it, so they
 * are not used.
 */
const EXPLANATIONS: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias cannot have an anchor or a tag',
  BAD_ALIAS: 'an alias without a usable name or anchor',
  BAD_COLLECTION_TYPE: 'a tag that does not fit what follows',
  BAD_DIRECTIVE: 'a directive (%) that YAML does not know',
  BAD_DQ_ESCAPE: 'a backslash in double quotes that starts no known escape; single quotes take it as it is',
  BAD_INDENT: 'the indentation does not fit the lines above, or something opened there is not closed',
  BAD_PROP_ORDER: 'an anchor or a tag in the wrong place',
  BAD_SCALAR_START: 'a text that starts with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a nested mapping on one line with its key; put it on the next line, or quote the text',
  BLOCK_IN_FLOW: 'indented blocks cannot stand inside brackets or braces',
  KEY_OVER_1024_CHARS: 'a key of more than 1024 characters; is a colon missing or too many?',
  MISSING_CHAR: 'something is missing here: a colon, a comma, a space, or a closing quote, bracket or brace',
  MULTILINE_IMPLICIT_KEY: 'a key that goes over several lines; is a colon missing?',
  MULTIPLE_ANCHORS: 'a value with several anchors',
  MULTIPLE_DOCS: "a second document (after '---'); a file is one document",
  MULTIPLE_TAGS: 'a value with several tags',
  NON_STRING_KEY: 'a key that is not a plain text',
  RESOURCE_EXHAUSTION: TOO_DEEP,
  TAB_AS_INDENT: 'a tab in the indentation; use spaces',
  TAG_RESOLVE_FAILED: "a tag ('!…') that is not supported",
  UNEXPECTED_TOKEN: 'something that cannot stand here',
};

interface LocatedFault {
  readonly code: string;
  readonly source: ProblemSource;
}

/** One problem for each faulty line: what follows from a fault on the same line says nothing. */
function explainFaults(faults: readonly LocatedFault[], lines: readonly string[]): readonly Problem[] {
  const byLine = new Map<number | undefined, LocatedFault>();
  for (const fault of faults) {
    const known = byLine.get(fault.source.line);
    byLine.set(fault.source.line, known ?? fault);
  }
  return [...byLine.values()].map(({ code, source }) => {
    const line = lines[(source.line ?? 1) - 1] ?? '';
    const unquoted = line.includes('${') && /[[{]/.test(line.replaceAll('${', ''));
    const what = unquoted ? 'inside brackets and braces, a text with ${…} needs quotes' : EXPLANATIONS[code];
    return badYaml(what ?? 'a syntax error', source);
  });
}
