import { dirname, extname, resolve } from 'node:path';
import type { ConfigPlace } from '@bulkhead/config';
import { nearestName, formatSource, type Problem, type ProblemSource } from '@bulkhead/errors';
import {
  badDirective,
  badSubstitution,
  includeCycle,
  includeKeyMissing,
  tooManyIncludes,
  unreadableFile,
  unsetVariable,
} from '../errors.ts';
import { locate, type LocatedEntry, type LocatedNode, type LocatedScalar } from '../tree/located-tree.ts';
import { displayName, type FileStore } from './file-store.ts';
import { substitute, type VariableLookup } from './substitute.ts';

/** Where in the configuration, and in which file, a node is being resolved. */
interface Position {
  /** Path in the configuration. */
  readonly path: readonly string[];
  /** The file that the node stands in: paths in it are relative to that. */
  readonly file: string;
  /** The includes that led here, outermost first. */
  readonly includes: readonly string[];
}

const DIRECTIVES = ['$env', '$file', '$include'];
/** Files that include each other twice, and so on, multiply beyond all bounds. */
const MAX_INCLUDES = 10_000;
const INCLUDABLE = ['.yaml', '.yml', '.json'];

/** Puts in what `${VAR}`, `$env`, `$file` and `$include` stand for, and collects what is wrong with them. */
export class DirectiveResolver {
  readonly problems: Problem[] = [];
  readonly #store: FileStore;
  readonly #lookup: VariableLookup;
  #includes = 0;

  constructor(store: FileStore, lookup: VariableLookup) {
    this.#store = store;
    this.#lookup = lookup;
  }

  /**
   * The tree of a file without directives.
   * @returns `undefined` if the value is to be left out
   */
  resolve(node: LocatedNode, position: Position): LocatedNode | undefined {
    switch (node.type) {
      case 'scalar':
        return this.#substitute(node, position);
      case 'list':
        return {
          ...node,
          items: node.items.flatMap((item, index) => this.resolve(item, within(position, String(index))) ?? []),
        };
      case 'object':
        return isDirective(node.entries)
          ? this.#directive(node.entries, position)
          : { ...node, entries: this.#resolveEntries(node.entries, position) };
      case 'unresolved':
        return node;
    }
  }

  #resolveEntries(entries: ReadonlyMap<string, LocatedEntry>, position: Position): Map<string, LocatedEntry> {
    const resolved = new Map<string, LocatedEntry>();
    for (const [key, { keySource, node }] of entries) {
      const value = this.resolve(node, within(position, key));
      if (value) {
        resolved.set(key, { keySource, node: value });
      }
    }
    return resolved;
  }

  #substitute(node: LocatedScalar, { path }: Position): LocatedNode | undefined {
    if (typeof node.value !== 'string') {
      return node;
    }
    const result = substitute(node.value, this.#lookup);
    switch (result.type) {
      case 'text':
        return result.substituted && result.text === '' ? undefined : { ...node, value: result.text };
      case 'malformed':
        return this.#unresolved(badSubstitution(path, node.source), node.source);
      case 'missing':
        this.problems.push(...result.variables.map((variable) => unsetVariable(variable, path, node.source)));
        return { type: 'unresolved', source: node.source };
    }
  }

  #directive(entries: ReadonlyMap<string, LocatedEntry>, position: Position): LocatedNode | undefined {
    const [name, { node: rawArgument, keySource }] = [...entries].find(([key]) => key.startsWith('$'))!;
    const fail = (what: string): LocatedNode =>
      this.#unresolved(badDirective(what, position.path, keySource), keySource);
    if (entries.size > 1) {
      return fail(`${name} has other keys beside it`);
    }
    if (!DIRECTIVES.includes(name)) {
      return fail(`Unknown directive ${name}; did you mean ${nearestName(name, DIRECTIVES)}?`);
    }
    const argument = this.resolve(rawArgument, position);
    if (argument?.type === 'unresolved') {
      return argument;
    }
    if (argument?.type !== 'scalar' || typeof argument.value !== 'string' || argument.value === '') {
      return fail(`${name} needs a text`);
    }
    const call: DirectiveCall = { argument: argument.value, source: keySource, position };
    if (name === '$env') {
      return this.#env(call);
    }
    return name === '$file' ? this.#file(call) : this.#include(call);
  }

  #env({ argument, source, position }: DirectiveCall): LocatedNode {
    const value = this.#lookup(argument);
    return value === undefined || value === ''
      ? this.#unresolved(unsetVariable(argument, position.path, source), source)
      : { type: 'scalar', value, source };
  }

  #file({ argument, source, position }: DirectiveCall): LocatedNode {
    const file = resolve(dirname(position.file), argument);
    const content = this.#store.read(file);
    return content.type === 'text'
      ? { type: 'scalar', value: content.text.trimEnd(), source }
      : this.#unresolved(unreadableFile(displayName(file), content.reason, { path: position.path, source }), source);
  }

  #include({ argument, source, position }: DirectiveCall): LocatedNode | undefined {
    const [target = '', key = ''] = argument.split('#', 2);
    // Without a file in front of '#', a part of the same file.
    const file = target === '' ? position.file : resolve(dirname(position.file), target);
    const fail = (problem: Problem): LocatedNode => this.#unresolved(problem, source);
    this.#includes += 1;
    if (this.#includes > MAX_INCLUDES) {
      // Said once: what is left would multiply just the same.
      const isFirst = this.#includes === MAX_INCLUDES + 1;
      return isFirst ? fail(tooManyIncludes(MAX_INCLUDES, position.path, source)) : { type: 'unresolved', source };
    }
    const at: ConfigPlace = { path: position.path, source };
    const site = formatSource(source);
    if (position.includes.includes(site)) {
      return fail(includeCycle([...position.includes.slice(position.includes.indexOf(site)), site], at));
    }
    if (!INCLUDABLE.includes(extname(file))) {
      return fail(badDirective('$include of a file that is neither .yaml nor .json', position.path, source));
    }
    const content = this.#store.read(file);
    if (content.type === 'unreadable') {
      return fail(unreadableFile(displayName(file), content.reason, at));
    }
    const parsed = this.#store.parse(file, content.text);
    this.problems.push(...parsed.problems);
    if (!parsed.root) {
      return { type: 'unresolved', source };
    }
    const included = locate(parsed.root, keyParts(key));
    return included
      ? this.resolve(included.node, { path: position.path, file, includes: [...position.includes, site] })
      : fail(includeKeyMissing(displayName(file), key, at));
  }

  #unresolved(problem: Problem, source: ProblemSource): LocatedNode {
    this.problems.push(problem);
    return { type: 'unresolved', source };
  }
}

interface DirectiveCall {
  readonly argument: string;
  readonly source: ProblemSource;
  readonly position: Position;
}

function within(position: Position, part: string): Position {
  return { ...position, path: [...position.path, part] };
}

function keyParts(key: string): readonly string[] {
  return key === '' ? [] : key.split('.');
}

/** Whether an object has a directive, or its only key looks as if it should have been one. */
function isDirective(entries: ReadonlyMap<string, LocatedEntry>): boolean {
  const keys = [...entries.keys()].filter((key) => key.startsWith('$'));
  return keys.some((key) => DIRECTIVES.includes(key) || (entries.size === 1 && nearestName(key, DIRECTIVES)));
}
