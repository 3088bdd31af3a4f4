import type { DiscoveredPackage, PackageSchema } from '../packages/discover-packages.ts';
import { normalizeSchema } from './normalize-schema.ts';
import { childSchemas, isSchemaNode, SCHEMA_KEYWORDS, SCHEMA_LIST_KEYWORDS, type SchemaNode } from './schema-node.ts';

/** What packages that were made for Backstage say of each top-level key. They may contradict each other. */
export type ForeignSections = ReadonlyMap<string, readonly SchemaNode[]>;

/** Packages in whose place the host stands: what they read under its keys, nobody reads here. */
const REPLACED = ['@backstage/backend-defaults', '@backstage/backend-app-api', '@backstage/backend-common'];

/** Keys that the pages of Backstage read, whose packages a backend need not depend on. */
const KEYS_OF_PAGES = ['app', 'organization'];

/** Whether any package was made for Backstage. */
export function hasForeign(packages: readonly DiscoveredPackage[]): boolean {
  return packages.some(({ backstage, schemas }) => backstage !== undefined || schemas.some(isForeignSchema));
}

/** Whether a schema came the way in which Backstage's packages bring theirs. */
export function isForeignSchema({ origin }: PackageSchema): boolean {
  return origin === 'backstage';
}

/** Gathers the schemas that were made for Backstage. What is wrong with them is nobody's fault here, and passed over. */
export function collectForeignSections(packages: readonly DiscoveredPackage[]): ForeignSections {
  const sections = new Map<string, SchemaNode[]>();
  const trees = packages.flatMap(({ name, schemas }) =>
    schemas.filter(isForeignSchema).map(({ schema, file }) => normalizeSchema(schema, file, name).schema),
  );
  for (const [key, section] of trees.flatMap(({ properties = {} }) => Object.entries(properties))) {
    if (isSchemaNode(section)) sections.set(key, [...(sections.get(key) ?? []), hideAll(section)]);
  }
  return sections;
}

/** Top-level keys that belong to packages made for Backstage, beside those that they describe. */
export function foreignKeys(packages: readonly DiscoveredPackage[]): readonly string[] {
  return hasForeign(packages)
    ? [...KEYS_OF_PAGES, ...packages.flatMap(({ backstage }) => backstage?.pluginId ?? [])]
    : [];
}

/** Whether a package made for Backstage describes the key at a path. */
export function isForeignKey(sections: ForeignSections, [key = '', ...path]: readonly string[]): boolean {
  const start: readonly SchemaNode[] = sections.get(key) ?? [];
  const nodes = path.reduce((found, part) => childrenOf(found, part), start);
  return nodes.some((node) => !node['x-packages']?.every((name) => REPLACED.includes(name)));
}

/** Part of a path may be the index of a list. */
function childrenOf(nodes: readonly SchemaNode[], part: string): readonly SchemaNode[] {
  return [...childSchemas(nodes, part), ...(/^\d+$/.test(part) ? childSchemas(nodes, Number(part)) : [])];
}

/** A list or an object that is secret has nothing in it that is not. */
function hideAll(schema: SchemaNode): SchemaNode {
  const result: Record<string, unknown> = { ...schema };
  const hide = (inner: unknown): unknown => (isSchemaNode(inner) ? hideAll(inner) : inner);
  for (const keyword of SCHEMA_KEYWORDS) {
    if (schema[keyword] !== undefined) result[keyword] = hide(schema[keyword]);
  }
  for (const keyword of SCHEMA_LIST_KEYWORDS) {
    if (schema[keyword]) result[keyword] = schema[keyword].map(hide);
  }
  for (const keyword of ['properties', 'patternProperties'] as const) {
    const map = schema[keyword];
    if (map) result[keyword] = Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, hide(inner)]));
  }
  return schema.visibility === 'secret' && isContainer(schema) ? { ...result, deepVisibility: 'secret' } : result;
}

function isContainer({ type, properties, items, additionalProperties }: SchemaNode): boolean {
  return type === 'object' || type === 'array' || Boolean(properties ?? items ?? additionalProperties);
}
