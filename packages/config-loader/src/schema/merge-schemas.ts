import { equalTrees } from '@bulkhead/config';
import type { Problem } from '@bulkhead/errors';
import { schemaConflict } from '../errors.ts';
import { isSchemaNode, type SchemaNode } from './schema-node.ts';

/** They do not change what is allowed; the first one stays. */
const ANNOTATIONS = ['title', 'description', 'default', 'examples', 'deprecated', 'format'];

type Properties = Readonly<Record<string, SchemaNode | boolean>>;

/** Joins what several packages say of the same keys, and collects where they disagree. */
export class SchemaMerger {
  readonly problems: Problem[] = [];

  /**
   * One schema that says what both say: the properties of both, required what either requires.
   *
   * Any other keyword on which they disagree is a problem, visibility included.
   *
   * @param key - of what they describe, for messages
   */
  merge(a: SchemaNode, b: SchemaNode, key: string): SchemaNode {
    const packages = [...new Set([...(a['x-packages'] ?? []), ...(b['x-packages'] ?? [])])];
    const merged: Record<string, unknown> = { ...a };
    for (const [keyword, value] of Object.entries(b)) {
      const known = merged[keyword];
      if (known === undefined) {
        merged[keyword] = value;
      } else if (keyword === 'properties') {
        merged[keyword] = this.#mergeProperties(known as Properties, value as Properties, key);
      } else if (keyword === 'required') {
        merged[keyword] = [...new Set([...(known as string[]), ...(value as string[])])];
      } else if (keyword !== 'x-packages' && !ANNOTATIONS.includes(keyword) && !equalTrees(known, value)) {
        this.problems.push(schemaConflict(key, keyword, packages));
      }
    }
    return { ...merged, 'x-packages': packages };
  }

  #mergeProperties(a: Properties, b: Properties, key: string): Properties {
    const merged = new Map(Object.entries(a));
    for (const [name, schema] of Object.entries(b)) {
      const known = merged.get(name);
      const both = isSchemaNode(known) && isSchemaNode(schema);
      merged.set(name, both ? this.merge(known, schema, key === '' ? name : `${key}.${name}`) : schema);
    }
    return Object.fromEntries(merged);
  }
}
