import { isObject } from '../read/json-pointer.ts';
import { endlessReference } from '../read/problems.ts';
import { entriesOf, type ContractReader } from '../model/contract-reader.ts';
import { componentOf } from '../model/schema-names.ts';

/** Checks that every way from a schema back to itself leads through a value inside of its value. */
export function checkRecursion(reader: ContractReader): void {
  const components = reader.document['components'];
  const schemas = isObject(components) ? components['schemas'] : undefined;
  const edges = new Map(entriesOf(schemas).map(([name, schema]) => [name, directReferences(schema)]));
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string): void => {
    if (done.has(name)) {
      return;
    }
    if (open.has(name)) {
      reader.problems.push(endlessReference(`The schema '${name}'`, reader.places.of(schemas, name)));
      return;
    }
    open.add(name);
    for (const next of edges.get(name) ?? []) {
      visit(next);
    }
    open.delete(name);
    done.add(name);
  };
  for (const name of edges.keys()) {
    visit(name);
  }
}

/** The components that a value of a schema has to fit at the same place. */
function directReferences(schema: unknown): readonly string[] {
  if (!isObject(schema)) {
    return [];
  }
  const own = typeof schema['$ref'] === 'string' ? [componentOf(schema['$ref'])] : [];
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((key) =>
    Array.isArray(schema[key]) ? (schema[key] as unknown[]) : [],
  );
  const parts = [...lists, schema['not'], schema['if'], schema['then'], schema['else']];
  return [...own, ...parts.flatMap(directReferences)];
}
