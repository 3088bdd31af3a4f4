/** Who may see a value: browsers, the server only, or nobody (logs and printouts show `***`). */
export type ConfigVisibility = 'frontend' | 'backend' | 'secret';

/** A JSON Schema, as far as it is looked into here. Other keywords are kept for the validator. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly deprecated?: boolean | string;
  /** Who may see the value itself. Default: `backend`. */
  readonly visibility?: ConfigVisibility;
  /** Who may see the value and all in it. */
  readonly deepVisibility?: ConfigVisibility;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly unevaluatedProperties?: SchemaNode | boolean;
  readonly required?: readonly string[];
  readonly items?: SchemaNode | boolean;
  readonly prefixItems?: readonly SchemaNode[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly if?: SchemaNode;
  readonly then?: SchemaNode;
  readonly else?: SchemaNode;
  /** The packages that describe this key; set when a schema is loaded. */
  readonly 'x-packages'?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** Keywords whose value is one schema. */
export const SCHEMA_KEYWORDS = [
  'additionalProperties',
  'unevaluatedProperties',
  'items',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
] as const;
/** Keywords whose value is a list of schemas. */
export const SCHEMA_LIST_KEYWORDS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const;
/** Keywords whose value is an object of schemas. */
export const SCHEMA_MAP_KEYWORDS = ['properties', 'patternProperties', 'dependentSchemas'] as const;
/** Keywords under which further schemas apply to the same value. */
export const COMBINATORS = ['anyOf', 'oneOf', 'allOf', 'if', 'then', 'else', 'dependentSchemas'] as const;

/** Whether a value is a schema that can be looked into, so not `true` or `false`. */
export function isSchemaNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema and those that apply to the same value by `anyOf`, `allOf` and the like. */
export function alternatives(node: SchemaNode): readonly SchemaNode[] {
  const branches = [
    ...(node.anyOf ?? []),
    ...(node.oneOf ?? []),
    ...(node.allOf ?? []),
    ...[node.then, node.else].filter(isSchemaNode),
  ];
  return [node, ...branches.filter(isSchemaNode).flatMap(alternatives)];
}

/** The schemas that apply to what stands under a key, or at an index, of a value to which `nodes` apply. */
export function childSchemas(nodes: readonly SchemaNode[], key: string | number): readonly SchemaNode[] {
  return nodes.flatMap(alternatives).flatMap((node) => {
    const children = typeof key === 'number' ? itemSchemas(node, key) : propertySchemas(node, key);
    return children.filter(isSchemaNode);
  });
}

function itemSchemas(node: SchemaNode, index: number): readonly unknown[] {
  return [node.prefixItems?.[index] ?? node.items];
}

function propertySchemas(node: SchemaNode, key: string): readonly unknown[] {
  const matching = Object.entries(node.patternProperties ?? {}).filter(([pattern]) =>
    new RegExp(pattern, 'u').test(key),
  );
  const direct = node.properties && Object.hasOwn(node.properties, key) ? [node.properties[key]] : [];
  const named = [...direct, ...matching.map(([, schema]) => schema)];
  return named.length > 0 ? named : [node.additionalProperties, node.unevaluatedProperties];
}
