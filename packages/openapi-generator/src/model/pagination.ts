import { badPagination } from '../check/problems.ts';
import { isObject, parsePointer } from '../read/json-pointer.ts';
import type { OperationModel, Schema } from './contract-model.ts';
import { textAt } from './contract-reader.ts';
import { itemsOf, propertiesOf, typesOf, type NamedSchemas } from './json-types.ts';
import type { ModelContext, Source } from './model-context.ts';

type Pagination = OperationModel['pagination'];

/** How an operation goes from page to page (`x-pagination`). */
export function readPagination(
  operation: Source,
  { parameters, responses }: Pick<OperationModel, 'parameters' | 'responses'>,
  context: ModelContext,
): Pagination {
  const source = operation['x-pagination'];
  if (source === undefined) {
    return undefined;
  }
  const fail = (message: string, ...keys: string[]): undefined => {
    context.reader.problems.push(badPagination(message, context.reader.places.of(operation, 'x-pagination', ...keys)));
  };
  const [parameter, next, items] = isObject(source)
    ? [textAt(source, 'parameter'), textAt(source, 'next'), textAt(source, 'items')]
    : [];
  if (parameter === undefined || next === undefined || items === undefined) {
    return fail("'x-pagination' does not name the parameter, the next page and the items");
  }
  if (!parameters.some(({ name, part }) => part === 'query' && name === parameter)) {
    return fail(`There is no query parameter '${parameter}'`, 'parameter');
  }
  const body = [...responses]
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { contents }]) => contents)
    .find(({ kind }) => kind === 'json')?.schema;
  if (body === undefined) {
    return fail('No successful response has a body in JSON');
  }
  if (schemaAt(body, next, context.named) === undefined) {
    return fail(`'${next}' leads to nothing in the response`, 'next');
  }
  const list = schemaAt(body, items, context.named);
  if (list === undefined || !typesOf(list, context.named).has('array')) {
    return fail(
      list === undefined ? `'${items}' leads to nothing in the response` : `What '${items}' leads to is no list`,
      'items',
    );
  }
  return { parameter, next, items, itemSchema: itemsOf(list, context.named) };
}

function schemaAt(schema: Schema, pointer: string, named: NamedSchemas): Schema | undefined {
  let found: Schema | undefined = schema;
  const keys = parsePointer(pointer);
  for (const key of keys ?? []) {
    found = found === undefined ? undefined : propertiesOf(found, named).get(key);
  }
  return keys ? found : undefined;
}
