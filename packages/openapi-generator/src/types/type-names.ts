import type { ContractModel, ContentModel, Schema } from '../model/contract-model.ts';
import type { JsonObject } from '@bulkhead/types';
import { defaultOf } from '../emit/schema/defaults.ts';
import { isHidden } from '../emit/schema/direction.ts';
import { refName, schemasOf, textsOf, type NamedSchemas } from '../emit/schema/schema-ref.ts';
import { reachableNames, subschemas } from '../emit/schema/subschemas.ts';
import type { TypeVariant } from '../emit/type-writer.ts';
import { UniqueNames } from '../model/names.ts';

/** The names of the types of one named schema. They are the same where the types are, or where only one is needed. */
export interface VariantNames {
  readonly input: string;
  readonly output: string;
}

/**
 * The names of the types of all named schemas. One that is different in requests and in responses has two: that for
 * requests is called `…Input`.
 *
 * @param inputVariant - how requests are looked at
 */
export function nameTypes(model: ContractModel, inputVariant: TypeVariant): ReadonlyMap<string, VariantNames> {
  const inInputs = reachableNames(inputsOf(model), model.schemas);
  const inOutputs = reachableNames(outputsOf(model), model.schemas);
  const differing = findDiffering(model.schemas, inputVariant);
  const free = new UniqueNames(model.schemas.keys());
  return new Map(
    [...model.schemas.keys()].map((name) => {
      const isDouble = differing.has(name) && inInputs.has(name) && inOutputs.has(name);
      return [name, { input: isDouble ? free.take(`${name}Input`) : name, output: name }];
    }),
  );
}

function inputsOf({ operations }: ContractModel): readonly Schema[] {
  return operations.flatMap(({ parameters, body }) => [
    ...parameters.map(({ schema }) => schema),
    ...schemasIn(body?.contents ?? []),
  ]);
}

function outputsOf({ operations }: ContractModel): readonly Schema[] {
  return operations.flatMap(({ responses, pagination }) => [
    ...[...responses.values()].flatMap(({ headers, contents }) => [
      ...headers.map(({ schema }) => schema),
      ...schemasIn(contents),
    ]),
    ...(pagination ? [pagination.itemSchema] : []),
  ]);
}

function schemasIn(contents: readonly ContentModel[]): readonly Schema[] {
  return contents.flatMap(({ schema }) => (schema === undefined ? [] : [schema]));
}

/** The schemas that are different in requests and in responses, themselves or through what they refer to. */
function findDiffering(named: NamedSchemas, inputVariant: TypeVariant): ReadonlySet<string> {
  const differing = new Set<string>();
  const users = new Map<string, string[]>();
  for (const [name, schema] of named) {
    visit(schema, (part) => {
      const target = refName(part);
      if (target !== undefined) {
        users.set(target, [...(users.get(target) ?? []), name]);
      }
      if (differsItself(part, named, inputVariant)) {
        differing.add(name);
      }
    });
  }
  const queue = [...differing];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const user of users.get(name) ?? []) {
      if (!differing.has(user)) {
        differing.add(user);
        queue.push(user);
      }
    }
  }
  return differing;
}

function visit(schema: Schema, look: (part: JsonObject) => void): void {
  if (typeof schema !== 'boolean') {
    look(schema);
    subschemas(schema).forEach((part) => visit(part, look));
  }
}

function differsItself(schema: JsonObject, named: NamedSchemas, inputVariant: TypeVariant): boolean {
  const required = textsOf(schema['required']);
  return schemasOf(schema['properties']).some(
    ([name, property]) =>
      isHidden(property, 'request', named) ||
      isHidden(property, 'response', named) ||
      (inputVariant === 'parsed' && !required.includes(name) && defaultOf(property, named) !== undefined),
  );
}
