import type { Problem } from '@bulkhead/errors';
import { badSchema } from '../errors.ts';
import {
  isSchemaNode,
  SCHEMA_KEYWORDS,
  SCHEMA_LIST_KEYWORDS,
  SCHEMA_MAP_KEYWORDS,
  type SchemaNode,
} from './schema-node.ts';

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const VISIBILITIES = ['frontend', 'backend', 'secret'];
/** They mean nothing once the schema is part of a larger one. */
const DROPPED = ['$schema', '$id', '$comment', '$defs', 'definitions', '$ref', 'additionalItems', 'dependencies'];
/** How often a schema may contain itself before it counts as `true`. */
const MAX_UNROLLED = 4;
/** How many schemas may be unrolled in all. Several that contain each other multiply beyond all bounds. */
const MAX_UNROLLED_IN_ALL = 1_000;

/** A schema in the one form that the rest works with, and what is wrong with it. */
export interface NormalizedSchema {
  readonly schema: SchemaNode;
  readonly problems: readonly Problem[];
}

/**
 * Brings a JSON Schema, of draft 07 or 2020-12, into one form: keywords of 2020-12, references within the file
 * replaced by what they refer to (a schema that contains itself is unrolled four times, or less if that becomes too
 * much; deeper levels are not checked), every key marked with its package.
 */
export function normalizeSchema(schema: SchemaNode, file: string, packageName: string): NormalizedSchema {
  const normalizer = new SchemaNormalizer(schema, file, packageName);
  const normalized = normalizer.normalize(schema, '#', []);
  return { schema: isSchemaNode(normalized) ? normalized : {}, problems: normalizer.problems };
}

class SchemaNormalizer {
  readonly problems: Problem[] = [];
  readonly #root: SchemaNode;
  readonly #file: string;
  readonly #package: string;
  #unrolled = 0;

  constructor(root: SchemaNode, file: string, packageName: string) {
    this.#root = root;
    this.#file = file;
    this.#package = packageName;
  }

  /**
   * @param at - where the schema stands, as a JSON pointer for messages
   * @param refs - the references being followed, outermost first
   */
  normalize(schema: unknown, at: string, refs: readonly string[]): SchemaNode | boolean {
    if (typeof schema === 'boolean') {
      return schema;
    }
    if (!isSchemaNode(schema)) {
      return this.#fail(at, 'is not a schema');
    }
    const inlined = this.#normalizeKeywords(modernize(schema), at, refs);
    if (typeof schema.$ref !== 'string') {
      return inlined;
    }
    const target = this.#follow(schema.$ref, at, refs);
    // Keywords beside $ref apply as well; descriptions and visibility there are the nearer ones.
    return typeof target === 'boolean' ? inlined : { ...target, ...inlined };
  }

  #follow(ref: string, at: string, refs: readonly string[]): SchemaNode | boolean {
    const timesOpen = refs.filter((open) => open === ref).length;
    this.#unrolled += timesOpen > 0 ? 1 : 0;
    if (timesOpen >= MAX_UNROLLED || (timesOpen > 0 && this.#unrolled > MAX_UNROLLED_IN_ALL)) {
      return true;
    }
    const target = ref.startsWith('#') ? resolvePointer(this.#root, ref) : undefined;
    return target === undefined
      ? this.#fail(at, `has a $ref to '${ref}', which is not in the file`)
      : this.normalize(target, ref, [...refs, ref]);
  }

  #normalizeKeywords(schema: SchemaNode, at: string, refs: readonly string[]): SchemaNode {
    this.#checkKeywords(schema, at);
    this.#checkPatterns(schema, at);
    const result: Record<string, unknown> = { ...schema };
    DROPPED.forEach((keyword) => delete result[keyword]);
    for (const keyword of SCHEMA_KEYWORDS) {
      if (schema[keyword] !== undefined) {
        result[keyword] = this.normalize(schema[keyword], `${at}/${keyword}`, refs);
      }
    }
    for (const keyword of SCHEMA_LIST_KEYWORDS) {
      const list: unknown = schema[keyword];
      if (Array.isArray(list)) {
        result[keyword] = list.map((item, index) => this.normalize(item, `${at}/${keyword}/${index}`, refs));
      }
    }
    for (const keyword of SCHEMA_MAP_KEYWORDS) {
      const map: unknown = schema[keyword];
      if (isSchemaNode(map)) {
        result[keyword] = this.#normalizeMap(map, `${at}/${keyword}`, refs);
      }
    }
    return result;
  }

  #normalizeMap(map: Readonly<Record<string, unknown>>, at: string, refs: readonly string[]): object {
    const entries = Object.entries(map).map(([key, inner]) => {
      const schema = this.normalize(inner, `${at}/${key}`, refs);
      return [key, isSchemaNode(schema) ? { ...schema, 'x-packages': [this.#package] } : schema] as const;
    });
    return Object.fromEntries(entries);
  }

  #checkKeywords(schema: SchemaNode, at: string): void {
    const types: unknown = schema.type;
    if (types !== undefined && ![types].flat().every((type) => typeof type === 'string' && TYPES.includes(type))) {
      this.#fail(at, `has a 'type' that is none of ${TYPES.join(', ')}`);
    }
    for (const keyword of ['visibility', 'deepVisibility']) {
      const visibility: unknown = schema[keyword];
      if (visibility !== undefined && !VISIBILITIES.includes(visibility as string)) {
        this.#fail(at, `has a '${keyword}' that is none of ${VISIBILITIES.join(', ')}`);
      }
    }
    for (const keyword of SCHEMA_MAP_KEYWORDS) {
      if (schema[keyword] !== undefined && !isSchemaNode(schema[keyword])) {
        this.#fail(at, `has a '${keyword}' that is not an object`);
      }
    }
    for (const keyword of [...SCHEMA_LIST_KEYWORDS, 'required', 'enum']) {
      if (schema[keyword] !== undefined && !Array.isArray(schema[keyword])) {
        this.#fail(at, `has a '${keyword}' that is not a list`);
      }
    }
  }

  #checkPatterns(schema: SchemaNode, at: string): void {
    const patterns = [schema.pattern ?? [], Object.keys(schema.patternProperties ?? {})].flat();
    if (!patterns.every(isPattern)) {
      this.#fail(at, 'has a pattern that is not a regular expression');
    }
  }

  #fail(at: string, what: string): true {
    this.problems.push(badSchema(this.#file, `${at} ${what}`));
    return true;
  }
}

function isPattern(pattern: unknown): boolean {
  try {
    return typeof pattern === 'string' && new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** Draft 07's spelling of tuples and dependencies in that of 2020-12. */
function modernize(schema: SchemaNode): SchemaNode {
  const result: Record<string, unknown> = { ...schema };
  if (Array.isArray(schema.items)) {
    result.prefixItems = schema.items;
    result.items = schema.additionalItems;
  }
  if (isSchemaNode(schema.dependencies)) {
    const entries = Object.entries(schema.dependencies);
    result.dependentRequired = Object.fromEntries(entries.filter(([, needs]) => Array.isArray(needs)));
    result.dependentSchemas = Object.fromEntries(entries.filter(([, needs]) => !Array.isArray(needs)));
  }
  return result;
}

/** What a JSON pointer with `#` in front leads to. */
export function resolvePointer(root: unknown, pointer: string): unknown {
  return decodePointer(pointer.slice(1)).reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Readonly<Record<string, unknown>>)[part]
        : undefined,
    root,
  );
}

/** The parts of a JSON pointer, which may be URI-encoded. */
export function decodePointer(pointer: string): readonly string[] {
  if (pointer === '') {
    return [];
  }
  const decode = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');
  return pointer
    .split('/')
    .slice(1)
    .map((part) => decode(decodeUri(part)));
}

function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
