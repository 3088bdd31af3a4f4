import type { Problem } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { findMisspelledKeys } from './check-keys.ts';
import { componentName } from './component-name.ts';
import type { ContractFiles } from './contract-files.ts';
import type { ContractNode } from './contract-node.ts';
import { formatPointer, isObject, valueAt } from './json-pointer.ts';
import { normalizeSchema } from './normalize-schema.ts';
import { Places } from './places.ts';
import { badStructure } from './problems.ts';
import { resolveReference } from './resolve-reference.ts';
import { SECTIONS, SHAPES, type Kind, type Place } from './shapes.ts';

/** A contract in one document of OpenAPI 3.1, in which every reference names a component. */
export interface BundledContract {
  readonly document: JsonObject;
  readonly places: Places;
}

/**
 * Copies a contract into one document: what references lead to, in other files or somewhere in this one, becomes a
 * component; path items, which tools look for in their place, are copied there. Servers are left out.
 *
 * Whatever OpenAPI says is an object, a list or a map is one in the document, even if the contract is wrong about it.
 */
export function bundle(root: ContractNode, files: ContractFiles, problems: Problem[]): BundledContract {
  return new Bundler(root, files, problems).bundle();
}

type Copy = Record<string, unknown>;

interface HoistedComponent {
  readonly target: ContractNode;
  readonly kind: Kind;
  readonly name: string;
}

/** What has no meaning once the contract is served, by kind. */
const LEFT_OUT: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  document: ['servers'],
  pathItem: ['servers'],
  operation: ['servers'],
  schema: ['$schema', '$anchor', '$comment'],
};

/** Maps in which keys that begin with `x-` are extensions. */
const EXTENSIBLE = new Set<Kind>(['pathItem', 'response', 'callback']);

class Bundler {
  readonly #root: ContractNode;
  readonly #files: ContractFiles;
  readonly #problems: Problem[];
  readonly #places: Places;
  readonly #isOld: boolean;
  /** The references to what is no component of the main file, by what they lead to. */
  readonly #hoisted = new Map<string, string>();
  readonly #queue: HoistedComponent[] = [];
  /** Path items that are being copied, to notice when one leads to itself. */
  readonly #openPathItems = new Set<string>();

  constructor(root: ContractNode, files: ContractFiles, problems: Problem[]) {
    this.#root = root;
    this.#files = files;
    this.#problems = problems;
    this.#places = new Places(root);
    this.#isOld = /^3\.0\b/.test(String(root.at('openapi').value));
  }

  bundle(): BundledContract {
    const document = this.#copy(this.#root, 'document') as Copy;
    const components = (document['components'] ??= {}) as Copy;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const section = (components[SECTIONS[next.kind]!] ??= {}) as Copy;
      section[next.name] = this.#copy(next.target, next.kind);
    }
    if (Object.keys(components).length === 0) {
      delete document['components'];
    }
    if (this.#isOld) {
      document['openapi'] = '3.1.0';
    }
    return { document: document as JsonObject, places: this.#places };
  }

  #copy(node: ContractNode, kind: Kind): unknown {
    const { value } = node;
    if (kind === 'schema' && typeof value === 'boolean') {
      return value;
    }
    if (!isObject(value)) {
      this.#problems.push(
        badStructure(`Here stands ${describe(value)}, where a ${KIND_NAMES[kind]} must stand`, node.source()),
      );
      return this.#remember({}, node);
    }
    if (typeof value['$ref'] === 'string') {
      return this.#copyReferring(node, kind, value['$ref']);
    }
    return this.#copyObject(node, kind, value);
  }

  #copyObject(node: ContractNode, kind: Kind, value: Record<string, unknown>): Copy {
    this.#problems.push(...findMisspelledKeys(value, kind, node));
    const entries = Object.keys(value)
      .filter((key) => !LEFT_OUT[kind]?.includes(key))
      .map((key): [string, unknown] => {
        const place = placeAt(kind, key);
        return [key, place ? this.#copyPlace(node.at(key), place) : value[key]];
      });
    const copy = this.#remember(Object.fromEntries(entries), node);
    return kind === 'schema' ? this.#finishSchema(copy, node) : copy;
  }

  #copyPlace(node: ContractNode, { kind, many }: Place): unknown {
    if (!many) {
      return this.#copy(node, kind);
    }
    const { value } = node;
    if (many === 'list') {
      if (!Array.isArray(value)) {
        this.#problems.push(badStructure(`Here stands ${describe(value)}, where a list must stand`, node.source()));
        return [];
      }
      return this.#remember(
        value.map((_, index) => this.#copy(node.at(String(index)), kind)),
        node,
      );
    }
    if (!isObject(value)) {
      this.#problems.push(badStructure(`Here stands ${describe(value)}, where a map must stand`, node.source()));
      return this.#remember({}, node);
    }
    const isExtension = (key: string): boolean => EXTENSIBLE.has(kind) && key.startsWith('x-');
    const entries = Object.keys(value).map((key) => [
      key,
      isExtension(key) ? value[key] : this.#copy(node.at(key), kind),
    ]);
    return this.#remember(Object.fromEntries(entries) as Copy, node);
  }

  #copyReferring(node: ContractNode, kind: Kind, ref: string): Copy {
    const { $ref: _, ...siblings } = node.value as Record<string, unknown>;
    if (!SECTIONS[kind]) {
      this.#problems.push(badStructure(`A $ref cannot stand in place of a ${KIND_NAMES[kind]}`, node.source('$ref')));
      return this.#remember({}, node);
    }
    const target = resolveReference(ref, { from: node }, { files: this.#files, problems: this.#problems });
    if (kind === 'pathItem') {
      return this.#copyPathItem(node, siblings, target);
    }
    // In OpenAPI 3.0, whatever stands beside a reference has no meaning.
    const others = this.#isOld ? {} : this.#copyObject(node, kind, siblings);
    const reference = target && this.#referenceTo(target, kind);
    return this.#remember(reference === undefined ? others : { $ref: reference, ...others }, node);
  }

  #copyPathItem(node: ContractNode, siblings: Record<string, unknown>, target: ContractNode | undefined): Copy {
    const own = this.#copyObject(node, 'pathItem', siblings);
    const identity = target && identify(target, 'pathItem');
    if (!target || this.#openPathItems.has(identity!)) {
      if (target) {
        this.#problems.push(badStructure('A path item refers to itself', node.source('$ref')));
      }
      return own;
    }
    this.#openPathItems.add(identity!);
    const copied = this.#copy(target, 'pathItem') as Copy;
    this.#openPathItems.delete(identity!);
    const whole = { ...copied, ...own };
    this.#places.set(whole, Object.keys(own).length > 0 ? node : target);
    return whole;
  }

  /** The name of what a reference leads to, as a component. */
  #referenceTo(target: ContractNode, kind: Kind): string {
    const section = SECTIONS[kind]!;
    const { keys } = target;
    const isMain = target.file === this.#root.file;
    if (isMain && keys.length === 3 && keys[0] === 'components' && keys[1] === section) {
      return `#${encodeURI(formatPointer(keys))}`;
    }
    const identity = identify(target, kind);
    let reference = this.#hoisted.get(identity);
    if (reference === undefined) {
      const name = this.#freeName(section, componentName(target));
      reference = `#/components/${section}/${name}`;
      this.#hoisted.set(identity, reference);
      this.#queue.push({ target, kind, name });
    }
    return reference;
  }

  #freeName(section: string, wanted: string): string {
    const isTaken = (name: string): boolean =>
      valueAt(this.#root.value, ['components', section, name]) !== undefined ||
      [...this.#hoisted.values()].includes(`#/components/${section}/${name}`);
    let name = wanted;
    for (let number = 2; isTaken(name); number++) {
      name = `${wanted}_${number}`;
    }
    return name;
  }

  #finishSchema(copy: Copy, node: ContractNode): Copy {
    const normal = this.#isOld ? normalizeSchema(copy) : copy;
    const { discriminator } = normal;
    if (isObject(discriminator) && isObject(discriminator['mapping'])) {
      const mapping = this.#copyMapping(discriminator['mapping'], node.at('discriminator').at('mapping'));
      normal['discriminator'] = this.#remember({ ...discriminator, mapping }, node.at('discriminator'));
    }
    for (const part of Array.isArray(normal['anyOf']) ? (normal['anyOf'] as object[]) : []) {
      if (typeof part === 'object' && !this.#places.has(part)) {
        this.#places.set(part, node);
      }
    }
    return this.#remember(normal, node);
  }

  /** The values of a mapping are references, or names of schemas. */
  #copyMapping(mapping: Record<string, unknown>, node: ContractNode): Copy {
    const schemas = valueAt(node.file.content, ['components', 'schemas']);
    const entries = Object.entries(mapping).map(([key, value]) => {
      const ref =
        isObject(schemas) && Object.hasOwn(schemas, String(value))
          ? `#/components/schemas/${String(value)}`
          : String(value);
      const target = resolveReference(ref, { from: node, key }, { files: this.#files, problems: this.#problems });
      return [key, target && this.#referenceTo(target, 'schema')] as const;
    });
    return this.#remember(Object.fromEntries(entries.filter(([, value]) => value !== undefined)), node);
  }

  #remember<T extends object>(copy: T, node: ContractNode): T {
    this.#places.set(copy, node);
    return copy;
  }
}

function placeAt(kind: Kind, key: string): Place | undefined {
  if (kind === 'callback') {
    return key.startsWith('x-') ? undefined : { kind: 'pathItem' };
  }
  return Object.hasOwn(SHAPES[kind], key) ? SHAPES[kind][key] : undefined;
}

function identify({ file, keys }: ContractNode, kind: Kind): string {
  return `${kind} ${file.path}#${formatPointer(keys)}`;
}

const KIND_NAMES: Readonly<Record<Kind, string>> = {
  document: 'document',
  components: 'map of components',
  pathItem: 'path item',
  operation: 'operation',
  parameter: 'parameter',
  header: 'header',
  requestBody: 'request body',
  response: 'response',
  mediaType: 'media type object',
  encoding: 'encoding',
  schema: 'schema',
  example: 'example',
  link: 'link',
  callback: 'callback',
  securityScheme: 'security scheme',
};

function describe(value: unknown): string {
  if (value === null || value === undefined) {
    return 'nothing';
  }
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
