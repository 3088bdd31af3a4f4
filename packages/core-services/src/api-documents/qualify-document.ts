import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/** How a plugin's document is to read among those of others. */
export interface Qualification {
  readonly pluginId: string;
  /** Security schemes that all plugins have alike: they keep their names. */
  readonly sharedSchemes: ReadonlySet<string>;
}

/** The parts of a document, ready to stand beside those of others: no name of one plugin is one of another. */
export interface QualifiedDocument {
  readonly paths: JsonObject;
  readonly webhooks: JsonObject;
  /** By section, then by name. */
  readonly components: Readonly<Record<string, JsonObject>>;
  readonly tags: readonly JsonObject[];
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** Keywords of which the value is data. Whatever it looks like, nothing in it is part of the description. */
const DATA = new Set(['const', 'dataValue', 'default', 'enum', 'example', 'value']);

/** Keywords of which the value is a map: its keys are names that the author chose, and no keywords. */
const MAPS = new Set([
  '$defs',
  'callbacks',
  'content',
  'dependentSchemas',
  'encoding',
  'examples',
  'headers',
  'links',
  'parameters',
  'pathItems',
  'patternProperties',
  'properties',
  'requestBodies',
  'responses',
  'schemas',
  'securitySchemes',
]);

/**
 * Gives what a plugin's document names the plugin's name: `/todos` becomes `/api/todo/todos`, the component `Todo`
 * `todo.Todo`, the operation `listTodos` `todo.listTodos`. Everything that refers to them follows.
 */
export function qualifyDocument(document: JsonObject, qualification: Qualification): QualifiedDocument {
  return new Qualifier(document, qualification).qualify();
}

/** Walks one document. What it says about names holds for all of it, so it is read first. */
class Qualifier {
  readonly #document: JsonObject;
  readonly #qualification: Qualification;
  readonly #schemas: JsonObject;
  /** Whether an operation has no tags of its own, and gets one with the id of the plugin. */
  #needsOwnTag = false;

  constructor(document: JsonObject, qualification: Qualification) {
    this.#document = document;
    this.#qualification = qualification;
    this.#schemas = objectAt(objectAt(document, 'components'), 'schemas');
  }

  qualify(): QualifiedDocument {
    const { paths, webhooks, components } = this.#document;
    return {
      paths: mapEntries(paths, (path, item) => [this.#path(path), this.#pathItem(item)]),
      webhooks: mapEntries(webhooks, (name, item) => [this.#name(name), this.#pathItem(item)]),
      components: mapEntries(components, (section, entries) => [
        section,
        mapEntries(entries, (name, entry) => [
          this.#component(section, name),
          section === 'pathItems' ? this.#pathItem(entry) : this.#node(entry),
        ]),
      ]) as Record<string, JsonObject>,
      tags: this.#tags(),
    };
  }

  #name(name: string): string {
    return `${this.#qualification.pluginId}.${name}`;
  }

  #path(path: string): string {
    return `/api/${this.#qualification.pluginId}${path === '/' ? '' : path}`;
  }

  #component(section: string, name: string): string {
    return section === 'securitySchemes' && this.#qualification.sharedSchemes.has(name) ? name : this.#name(name);
  }

  /** Called when all operations have been seen. */
  #tags(): JsonObject[] {
    const { pluginId } = this.#qualification;
    const { title, description = title } = objectAt(this.#document, 'info');
    const own = Array.isArray(this.#document.tags) ? this.#document.tags.filter(isJsonObject) : [];
    return [
      ...(this.#needsOwnTag ? [{ name: pluginId, ...(typeof description === 'string' && { description }) }] : []),
      ...own.map((tag) => ({ ...tag, name: this.#tag(tag.name ?? '') })),
    ];
  }

  #tag(name: JsonValue): JsonValue {
    return typeof name === 'string' ? `${this.#qualification.pluginId}: ${name}` : name;
  }

  #pathItem(item: JsonValue): JsonValue {
    if (!isJsonObject(item)) {
      return item;
    }
    return mapEntries(item, (key, value) => [
      key,
      METHODS.has(key) && isJsonObject(value) ? this.#operation(value) : this.#entry(key, value),
    ]);
  }

  #operation(operation: JsonObject): JsonObject {
    const tags = Array.isArray(operation.tags) ? operation.tags : [];
    this.#needsOwnTag ||= tags.length === 0;
    return {
      ...mapEntries(operation, (key, value) => [key, this.#entry(key, value)]),
      tags: tags.length > 0 ? tags.map((tag) => this.#tag(tag)) : [this.#qualification.pluginId],
      // What holds for all operations of a plugin does not hold for those of others, so each operation says it.
      security: this.#security(operation.security ?? this.#document.security ?? []),
    };
  }

  #node(value: JsonValue): JsonValue {
    if (Array.isArray(value)) {
      return value.map((item) => this.#node(item));
    }
    if (!isJsonObject(value)) {
      return value;
    }
    const node = mapEntries(value, (key, entry) => [key, this.#entry(key, entry)]);
    return isJsonObject(value.discriminator)
      ? { ...node, discriminator: this.#discriminator(value.discriminator, value) }
      : node;
  }

  #entry(key: string, value: JsonValue): JsonValue {
    if (DATA.has(key) || key.startsWith('x-')) {
      return value;
    }
    if (isJsonObject(value) && MAPS.has(key)) {
      return mapEntries(value, (name, entry) => [
        name,
        key === 'callbacks' ? mapEntries(entry, (url, item) => [url, this.#pathItem(item)]) : this.#node(entry),
      ]);
    }
    // The examples of a schema are bare values.
    if (key === 'examples') {
      return value;
    }
    if (typeof value === 'string') {
      return this.#text(key, value);
    }
    return key === 'security' ? this.#security(value) : this.#node(value);
  }

  #text(key: string, text: string): string {
    switch (key) {
      case '$ref':
      case '$dynamicRef':
      case 'operationRef':
        return this.#reference(text);
      case 'operationId':
        return this.#name(text);
      default:
        return text;
    }
  }

  #reference(reference: string): string {
    const [start, top, ...rest] = reference.split('/');
    if (start !== '#') {
      return reference;
    }
    if (top === 'components' && rest.length >= 2) {
      const [section = '', name = '', ...below] = rest;
      return ['#/components', section, this.#component(section, name), ...below].join('/');
    }
    if (top === 'paths' && rest[0] !== undefined) {
      return ['#/paths', escapePointer(this.#path(unescapePointer(rest[0]))), ...rest.slice(1)].join('/');
    }
    if (top === 'webhooks' && rest[0] !== undefined) {
      return ['#/webhooks', this.#name(rest[0]), ...rest.slice(1)].join('/');
    }
    return reference;
  }

  #security(requirements: JsonValue): JsonValue {
    return Array.isArray(requirements)
      ? requirements.map((requirement) =>
          mapEntries(requirement, (scheme, roles) => [this.#component('securitySchemes', scheme), roles]),
        )
      : requirements;
  }

  /**
   * A discriminator without a mapping goes by the names of the schemas. They change here while the values that are
   * sent do not, so the mapping is written out.
   */
  #discriminator(discriminator: JsonObject, schema: JsonObject): JsonObject {
    const given = mapEntries(discriminator.mapping, (value, target) => [value, this.#target(target)]);
    const mapping = { ...given };
    const targets = new Set(Object.values(given));
    for (const name of this.#alternativesOf(schema)) {
      const target = `#/components/schemas/${this.#name(name)}`;
      if (!targets.has(target)) {
        mapping[name] = target;
      }
    }
    return { ...discriminator, ...(Object.keys(mapping).length > 0 && { mapping }) };
  }

  #target(target: JsonValue): JsonValue {
    if (typeof target !== 'string') {
      return target;
    }
    return Object.hasOwn(this.#schemas, target)
      ? `#/components/schemas/${this.#name(target)}`
      : this.#reference(target);
  }

  /** The names of the schemas among which a discriminator chooses: those listed, else those that build on the schema. */
  #alternativesOf(schema: JsonObject): string[] {
    const listed = schema.oneOf ?? schema.anyOf;
    if (Array.isArray(listed)) {
      return listed.flatMap((entry) => schemaNameOf(entry) ?? []);
    }
    const own = Object.keys(this.#schemas).find((name) => this.#schemas[name] === schema);
    return Object.entries(this.#schemas).flatMap(([name, candidate]) =>
      own !== undefined && isJsonObject(candidate) && buildsOn(candidate, own) ? name : [],
    );
  }
}

function buildsOn({ allOf }: JsonObject, name: string): boolean {
  return Array.isArray(allOf) && allOf.some((entry) => schemaNameOf(entry) === name);
}

function schemaNameOf(value: JsonValue): string | undefined {
  const reference = isJsonObject(value) ? value.$ref : undefined;
  return typeof reference === 'string' ? /^#\/components\/schemas\/([^/]+)$/.exec(reference)?.[1] : undefined;
}

function mapEntries(
  value: JsonValue | undefined,
  map: (key: string, value: JsonValue) => readonly [string, JsonValue],
): JsonObject {
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, entry]) => map(key, entry ?? null)))
    : {};
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
