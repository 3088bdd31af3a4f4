import type { ConfigSchema } from '../schema/config-schema.ts';
import { alternatives, isSchemaNode, type ConfigVisibility, type SchemaNode } from '../schema/schema-node.ts';

/** One key that can be set. */
export interface ConfigKeyDescription {
  /** With `[]` for the items of a list and `<name>` for keys of one's own choosing: `backend.reading.allow[].host`. */
  readonly key: string;
  /** What can be set: `number`, `string or object`, `'a' or 'b'`. */
  readonly type: string;
  readonly description?: string;
  readonly default?: unknown;
  /** Whether it must be there when the section around it is. */
  readonly required: boolean;
  readonly visibility: ConfigVisibility;
  /** Whether it should no longer be used, and what to use. */
  readonly deprecated?: boolean | string;
  /** The package that reads it. */
  readonly package?: string;
}

/** Every key that the schemas describe, sorted, sections before what is in them: what `config docs` shows. */
export function describeConfig(schema: ConfigSchema): readonly ConfigKeyDescription[] {
  const descriptions: ConfigKeyDescription[] = [];
  const { sections, foreign } = schema;
  for (const key of [...new Set([...sections.keys(), ...(foreign?.keys() ?? [])])].sort()) {
    const described: ConfigKeyDescription[] = [];
    for (const section of [sections.get(key) ?? [], foreign?.get(key) ?? []].flat()) {
      describe({ key, schema: section, required: schema.required.includes(key) }, described);
    }
    descriptions.push(...withoutRepetitions(described));
  }
  return descriptions;
}

/** Where several packages describe a key, the first one counts: the host's own, if it does. */
function withoutRepetitions(descriptions: readonly ConfigKeyDescription[]): readonly ConfigKeyDescription[] {
  const byKey = new Map<string, ConfigKeyDescription>();
  for (const description of descriptions) {
    if (!byKey.has(description.key)) byKey.set(description.key, description);
  }
  return [...byKey.values()];
}

interface Described {
  readonly key: string;
  readonly schema: SchemaNode;
  readonly required: boolean;
  readonly inherited?: ConfigVisibility;
  readonly owner?: string;
}

function describe({ key, schema, required, inherited, owner }: Described, into: ConfigKeyDescription[]): void {
  const packageName = schema['x-packages']?.join(', ') ?? owner;
  const forms = alternatives(schema);
  const deep = schema.deepVisibility ?? inherited;
  into.push({
    key,
    type: describeForms(schema),
    ...(schema.description !== undefined && { description: schema.description }),
    ...(schema.default !== undefined && { default: schema.default }),
    required,
    visibility: schema.visibility ?? deep ?? 'backend',
    ...(schema.deprecated !== undefined && { deprecated: schema.deprecated }),
    ...(packageName !== undefined && { package: packageName }),
  });
  const seen = new Set<string>();
  const describeChild = (name: string, child: unknown, isRequired: boolean): void => {
    if (isSchemaNode(child) && !seen.has(name)) {
      seen.add(name);
      describe({ key: key + name, schema: child, required: isRequired, inherited: deep, owner: packageName }, into);
    }
  };
  for (const form of forms) {
    for (const [name, child] of Object.entries(form.properties ?? {})) {
      describeChild(`.${name}`, child, form.required?.includes(name) ?? false);
    }
    Object.values(form.patternProperties ?? {}).forEach((child) => describeChild('.<name>', child, false));
    describeChild('.<name>', form.additionalProperties, false);
    form.prefixItems?.forEach((child, index) => describeChild(`[${index}]`, child, false));
    if (hasInnerKeys(form.items)) {
      describeChild('[]', form.items, false);
    }
  }
}

function hasInnerKeys(items: unknown): boolean {
  return isSchemaNode(items) && alternatives(items).some((item) => item.properties ?? item.items);
}

function describeForms(schema: SchemaNode): string {
  const forms = [...new Set(alternatives(schema).flatMap(describeForm))];
  return forms.length > 0 ? forms.join(' or ') : 'any';
}

/** Formats that are written in several types; the format says more than they do. */
const OWN_TYPES: Readonly<Record<string, string>> = { duration: 'duration', bytes: 'size' };

function describeForm(schema: SchemaNode): readonly string[] {
  const ownType = schema.format === undefined ? undefined : OWN_TYPES[schema.format];
  if (ownType !== undefined) {
    return [ownType];
  }
  if (schema.enum) {
    return schema.enum.map((value) => JSON.stringify(value));
  }
  if (schema.const !== undefined) {
    return [JSON.stringify(schema.const)];
  }
  return [schema.type ?? []].flat().map((type) => {
    if (type === 'array') {
      return isSchemaNode(schema.items) ? `list of ${describeForms(schema.items)}` : 'list';
    }
    return type === 'string' && schema.format !== undefined ? `string (${schema.format})` : type;
  });
}
