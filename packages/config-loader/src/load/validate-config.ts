import type { Problem } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import type { ConfigSchema } from '../schema/config-schema.ts';
import { validateTree, type ConfigReport, type ValidationScope } from '../schema/validate-tree.ts';
import { toPlainObject, type LocatedNode, type LocatedObject } from '../tree/located-tree.ts';

/** Checks a configuration that comes from no file, a test's for example. Reports everything, throws nothing. */
export async function validateConfig(
  data: JsonObject,
  schema: ConfigSchema,
  scope?: ValidationScope,
): Promise<ConfigReport> {
  const tree = withoutPlaces(data) as LocatedObject;
  const config = { tree, data: toPlainObject(tree), incomplete: false };
  const { problems, warnings } = await validateTree(config, schema, scope);
  return { problems: problems.map(withoutSource), warnings: warnings.map(withoutSource) };
}

function withoutSource(problem: Problem): Problem {
  const { code, message, hint, path } = problem;
  return { code, message, ...(hint !== undefined && { hint }), ...(path && { path }) };
}

const NOWHERE = { file: '' };

function withoutPlaces(value: JsonValue): LocatedNode {
  if (Array.isArray(value)) {
    return { type: 'list', items: value.map(withoutPlaces), source: NOWHERE };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
    const located = entries.map(([key, inner]) => [key, { keySource: NOWHERE, node: withoutPlaces(inner) }] as const);
    return { type: 'object', entries: new Map(located), source: NOWHERE };
  }
  return { type: 'scalar', value, source: NOWHERE };
}
