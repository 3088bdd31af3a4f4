import { nearestName, type BulkheadError, type ProblemSource } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import type { ConfigSubscription, ObservableConfig } from './config.ts';
import { configError } from './errors.ts';
import { copyTree, describeType, equalTrees, isJsonObject } from './json-tree.ts';
import { formatConfigPath, parseConfigKey } from './key-path.ts';
import { invalidValueProblem, missingKeyProblem, wrongTypeProblem } from './problems.ts';

/** Says where the value at a path stands. Indices of lists are parts of the path: `['a', '0', 'b']`. */
export type ConfigSourceLookup = (path: readonly string[]) => ProblemSource | undefined;

/** What a view shows: a tree without nulls that is never altered in place, but may be replaced. */
export interface ConfigData {
  current(): JsonValue | undefined;
  /** Calls `listener` whenever the tree has been replaced. */
  subscribe(listener: () => unknown): ConfigSubscription;
}

/** How a view speaks of its data. */
export interface ConfigViewOptions {
  /** Where the data hangs in the whole configuration, so that messages show full keys. Default: at the root. */
  readonly path?: readonly string[];
  /** Asked when an error is made, to name file, line and column. */
  readonly sourceOf?: ConfigSourceLookup;
}

interface ListKind<T extends JsonValue> {
  readonly list: string;
  readonly element: string;
  isElement(value: unknown): value is T;
}

const OBJECTS: ListKind<JsonObject> = { list: 'a list of objects', element: 'an object', isElement: isJsonObject };
const STRINGS: ListKind<string> = { list: 'a list of strings', element: 'a string', isElement: isFilledString };

const TRUE = /^(?:y|yes|true|1|on)$/i;
const FALSE = /^(?:n|no|false|0|off)$/i;

/** {@link Config} over data that may be replaced. Sections taken from it follow the replacement. */
export class ConfigView implements ObservableConfig {
  readonly #data: ConfigData;
  readonly #path: readonly string[];
  readonly #sourceOf: ConfigSourceLookup;

  constructor(data: ConfigData, options: ConfigViewOptions = {}) {
    this.#data = data;
    this.#path = options.path ?? [];
    this.#sourceOf = options.sourceOf ?? (() => undefined);
  }

  /** {@inheritDoc Config.subscribe} */
  subscribe(listener: () => void): ConfigSubscription {
    let before = this.#data.current();
    return this.#data.subscribe(() => {
      const now = this.#data.current();
      const changed = !equalTrees(before, now);
      before = now;
      return changed ? listener() : undefined;
    });
  }

  /** {@inheritDoc Config.has} */
  has(key: string): boolean {
    return this.#read(key) !== undefined;
  }

  /** {@inheritDoc Config.keys} */
  keys(): string[] {
    const value = this.#data.current();
    return isJsonObject(value) ? Object.keys(value) : [];
  }

  /** {@inheritDoc Config.get} */
  get<T = JsonValue>(key = ''): T {
    return this.#required(key, this.getOptional<T>(key));
  }

  /** {@inheritDoc Config.getOptional} */
  getOptional<T = JsonValue>(key = ''): T | undefined {
    return copyTree(this.#read(key)) as T | undefined;
  }

  /** {@inheritDoc Config.getConfig} */
  getConfig(key: string): ConfigView {
    return this.#required(key, this.getOptionalConfig(key));
  }

  /** {@inheritDoc Config.getOptionalConfig} */
  getOptionalConfig(key: string): ConfigView | undefined {
    const value = this.#read(key);
    if (value === undefined) {
      return undefined;
    }
    if (!isJsonObject(value)) {
      throw this.#wrongType(parseConfigKey(key), 'an object', value);
    }
    const parts = parseConfigKey(key);
    const section: ConfigData = {
      current: () => walk(this.#data.current(), parts).value,
      subscribe: (listener) => this.#data.subscribe(listener),
    };
    return new ConfigView(section, { path: [...this.#path, ...parts], sourceOf: this.#sourceOf });
  }

  /** {@inheritDoc Config.getConfigArray} */
  getConfigArray(key: string): ConfigView[] {
    return this.#required(key, this.getOptionalConfigArray(key));
  }

  /** {@inheritDoc Config.getOptionalConfigArray} */
  getOptionalConfigArray(key: string): ConfigView[] | undefined {
    const elements = this.#readArray(key, OBJECTS);
    const path = [...this.#path, ...parseConfigKey(key)];
    return elements?.map(
      (element, index) =>
        new ConfigView(fixedData(element), { path: [...path, String(index)], sourceOf: this.#sourceOf }),
    );
  }

  /** {@inheritDoc Config.getNumber} */
  getNumber(key: string): number {
    return this.#required(key, this.getOptionalNumber(key));
  }

  /** {@inheritDoc Config.getOptionalNumber} */
  getOptionalNumber(key: string): number | undefined {
    const value = this.#read(key);
    if (value === undefined || typeof value === 'number') {
      return value;
    }
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    if (!Number.isFinite(number)) {
      throw this.#wrongType(parseConfigKey(key), 'a number', value);
    }
    return number;
  }

  /** {@inheritDoc Config.getBoolean} */
  getBoolean(key: string): boolean {
    return this.#required(key, this.getOptionalBoolean(key));
  }

  /** {@inheritDoc Config.getOptionalBoolean} */
  getOptionalBoolean(key: string): boolean | undefined {
    const value = this.#read(key);
    if (value === undefined || typeof value === 'boolean') {
      return value;
    }
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    if (TRUE.test(text)) {
      return true;
    }
    if (FALSE.test(text)) {
      return false;
    }
    throw this.#wrongType(parseConfigKey(key), 'a boolean', value);
  }

  /** {@inheritDoc Config.getString} */
  getString(key: string): string {
    return this.#required(key, this.getOptionalString(key));
  }

  /** {@inheritDoc Config.getOptionalString} */
  getOptionalString(key: string): string | undefined {
    const value = this.#read(key);
    if (value !== undefined && !isFilledString(value)) {
      throw this.#wrongType(parseConfigKey(key), 'a string', value);
    }
    return value;
  }

  /** {@inheritDoc Config.getStringArray} */
  getStringArray(key: string): string[] {
    return this.#required(key, this.getOptionalStringArray(key));
  }

  /** {@inheritDoc Config.getOptionalStringArray} */
  getOptionalStringArray(key: string): string[] | undefined {
    return this.#readArray(key, STRINGS);
  }

  /** The error for a value that is of the right type and yet not usable; see `invalidConfigValue`. */
  invalidValue(key: string, expected: string, hint?: string): BulkheadError {
    const path = [...this.#path, ...parseConfigKey(key)];
    return configError(invalidValueProblem({ path, source: this.#sourceOf(path) }, `must be ${expected}`), hint);
  }

  #read(key: string): JsonValue | undefined {
    const parts = parseConfigKey(key);
    const { value, depth } = walk(this.#data.current(), parts);
    if (depth < parts.length && value !== undefined) {
      throw this.#wrongType(parts.slice(0, depth), 'an object', value);
    }
    return value;
  }

  #readArray<T extends JsonValue>(key: string, kind: ListKind<T>): T[] | undefined {
    const value = this.#read(key);
    if (value === undefined) {
      return undefined;
    }
    if (!Array.isArray(value)) {
      throw this.#wrongType(parseConfigKey(key), kind.list, value);
    }
    return value.map((element, index) => {
      if (!kind.isElement(element)) {
        throw this.#wrongType([...parseConfigKey(key), String(index)], kind.element, element);
      }
      return element;
    });
  }

  #required<T>(key: string, value: T | undefined): T {
    if (value === undefined) {
      throw this.#missing(parseConfigKey(key));
    }
    return value;
  }

  #wrongType(parts: readonly string[], expected: string, value: unknown): BulkheadError {
    const path = [...this.#path, ...parts];
    return configError(wrongTypeProblem({ path, source: this.#sourceOf(path) }, expected, describeType(value)));
  }

  #missing(parts: readonly string[]): BulkheadError {
    const { parent, depth } = walk(this.#data.current(), parts);
    const path = [...this.#path, ...parts];
    const container = [...this.#path, ...parts.slice(0, depth)];
    const siblings = isJsonObject(parent) ? Object.keys(parent) : [];
    const near = parts[depth] === undefined ? undefined : nearestName(parts[depth], siblings);
    const hint =
      near === undefined
        ? `Set '${formatConfigPath(path)}' in app-config.yaml.`
        : `There is '${formatConfigPath([...container, near])}'. Is that a misspelling?`;
    return configError(missingKeyProblem({ path, source: this.#sourceOf(container) }), hint);
  }
}

/** Data that stays as it is. */
export function fixedData(value: JsonValue | undefined): ConfigData {
  return { current: () => value, subscribe: () => ({ unsubscribe() {} }) };
}

interface WalkResult {
  /** What stands at the end of the path, or what barred the way. */
  readonly value: JsonValue | undefined;
  /** The innermost section reached. */
  readonly parent: JsonValue | undefined;
  /** How many parts of the path lead to something. */
  readonly depth: number;
}

function walk(root: JsonValue | undefined, parts: readonly string[]): WalkResult {
  let parent = root;
  let value = root;
  for (const [depth, part] of parts.entries()) {
    if (!isJsonObject(value)) {
      return { value, parent, depth };
    }
    parent = value;
    const next: JsonValue | undefined = Object.hasOwn(value, part) ? value[part] : undefined;
    if (next === undefined) {
      return { value: undefined, parent, depth };
    }
    value = next;
  }
  return { value, parent, depth: parts.length };
}

function isFilledString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
