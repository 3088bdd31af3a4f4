import type { JsonValue } from '@bulkhead/types';
import type { ConfigSchema } from './config-schema.ts';
import { alternatives, childSchemas, type ConfigVisibility, type SchemaNode } from './schema-node.ts';

/** A value of the configuration, and all that the schemas say of it. */
export interface ConfigVisit {
  readonly path: readonly string[];
  readonly value: JsonValue;
  /** Those that apply to the value; none if it is not described. */
  readonly schemas: readonly SchemaNode[];
  /** Who may see the value, if a schema says so, here or with `deepVisibility` further up. */
  readonly visibility?: ConfigVisibility;
}

/** Calls `visit` for every value below the root, each before what is in it. */
export function visitConfig(
  data: { readonly [key: string]: JsonValue | undefined },
  schema: ConfigSchema | undefined,
  visit: (visited: ConfigVisit) => void,
): void {
  for (const [key, value] of Object.entries(data)) {
    const section = schema?.sections.get(key);
    if (value !== undefined) {
      const schemas = [...(section ? [section] : []), ...(schema?.foreign?.get(key) ?? [])];
      visitValue({ path: [key], value, schemas }, undefined, visit);
    }
  }
}

function visitValue(
  { path, value, schemas }: ConfigVisit,
  inherited: ConfigVisibility | undefined,
  visit: (visited: ConfigVisit) => void,
): void {
  const applying = schemas.flatMap(alternatives);
  const deep = strictest(applying.map((schema) => schema.deepVisibility)) ?? inherited;
  const own = strictest([...applying.map((schema) => schema.visibility), deep]);
  visit({ path, value, schemas: applying, ...(own && { visibility: own }) });
  const visitChild = (child: JsonValue | undefined, key: string | number): void => {
    if (child !== undefined) {
      visitValue({ path: [...path, String(key)], value: child, schemas: childSchemas(schemas, key) }, deep, visit);
    }
  };
  if (Array.isArray(value)) {
    value.forEach(visitChild);
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, child]) => visitChild(child, key));
  }
}

/** What one schema calls secret is not made public by another. */
function strictest(visibilities: readonly (ConfigVisibility | undefined)[]): ConfigVisibility | undefined {
  return (['secret', 'frontend', 'backend'] as const).find((visibility) => visibilities.includes(visibility));
}
