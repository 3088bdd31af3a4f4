import type { JsonObject } from '@bulkhead/types';
import type { ParameterPart } from '@bulkhead/openapi';
import type { OperationModel, Schema } from '../../model/contract-model.ts';

/** The schema of `{ path, query, headers, cookies }`, of the parts that an operation has; nothing if it has none. */
export function parametersSchema({ parameters }: OperationModel): Schema | undefined {
  const parts = new Map<ParameterPart, { properties: JsonObject; required: string[] }>();
  for (const { part, name, schema, required } of parameters) {
    const entry = parts.get(part) ?? { properties: {}, required: [] };
    parts.set(part, entry);
    entry.properties[name] = schema;
    if (required) {
      entry.required.push(name);
    }
  }
  if (parts.size === 0) {
    return undefined;
  }
  const properties = [...parts].map(([part, { properties, required }]) => [
    part,
    { type: 'object', properties, ...(required.length > 0 && { required }) },
  ]);
  return { type: 'object', required: [...parts.keys()], properties: Object.fromEntries(properties) as JsonObject };
}
