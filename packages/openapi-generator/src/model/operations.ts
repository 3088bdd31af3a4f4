import type { HttpMethod } from '@bulkhead/openapi';
import { badBody, missingOperationId } from '../check/problems.ts';
import { checkPathParameters } from '../check/check-path-parameters.ts';
import { isObject } from '../read/json-pointer.ts';
import { readAccess } from './access.ts';
import { readContents } from './contents.ts';
import type { OperationModel, ParameterModel } from './contract-model.ts';
import { entriesOf, textAt } from './contract-reader.ts';
import { readDeprecation } from './deprecation.ts';
import type { ModelContext, Source } from './model-context.ts';
import { camelCase } from './names.ts';
import { readPagination } from './pagination.ts';
import { readParameters } from './parameters.ts';
import { readResponses } from './responses.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Methods whose requests have no body: browsers and other clients refuse to send one. */
const BODILESS = new Set<HttpMethod>(['GET', 'HEAD', 'TRACE']);

/** An operation, and the object of the contract that it was read from. */
export interface ReadOperation {
  readonly model: OperationModel;
  readonly source: Source;
}

/** The operations of a contract, in its order. */
export function readOperations(context: ModelContext): readonly ReadOperation[] {
  return entriesOf(context.reader.document['paths']).flatMap(([path, pathItem]) =>
    Object.entries(pathItem as Source)
      .filter(([key]) => METHODS.includes(key))
      .map(([key, source]) => {
        const method = key.toUpperCase() as HttpMethod;
        return {
          source: source as Source,
          model: readOperation({ path, method, pathItem: pathItem as Source }, source as Source, context),
        };
      }),
  );
}

interface OperationPlace {
  readonly path: string;
  readonly method: HttpMethod;
  readonly pathItem: Source;
}

function readOperation(
  { path, method, pathItem }: OperationPlace,
  source: Source,
  context: ModelContext,
): OperationModel {
  const { reader } = context;
  const parameters = readParameters(pathItem, source, context);
  const responses = readResponses(source, method, context);
  const deprecation = readDeprecation(source, reader);
  const body = readBody(source, method, context);
  const pagination = readPagination(source, { parameters, responses }, context);
  checkPathParameters(path, parameters, { source, reader });
  return {
    operationId: readOperationId({ path, method, pathItem }, source, context),
    method,
    path,
    ...(textAt(source, 'summary') !== undefined && { summary: textAt(source, 'summary') }),
    ...(textAt(source, 'description') !== undefined && { description: textAt(source, 'description') }),
    ...deprecation,
    access: readAccess(source, reader),
    parameters,
    allowsOtherQuery: allowsOtherQuery([source, pathItem, reader.document], parameters),
    ...(body && { body }),
    responses,
    ...(pagination && { pagination }),
  };
}

function readOperationId({ path, method }: OperationPlace, source: Source, { reader }: ModelContext): string {
  const operationId = textAt(source, 'operationId')?.trim();
  if (operationId) {
    return camelCase(operationId);
  }
  const example = camelCase(`${method.toLowerCase()} ${path.replaceAll(/[{}]/g, '')}`);
  reader.problems.push(missingOperationId(`${method} ${path}`, example, reader.places.of(source)));
  return '';
}

/** The nearest of operation, path and contract that says something counts. */
function allowsOtherQuery(owners: readonly Source[], parameters: readonly ParameterModel[]): boolean {
  const said = owners.map((owner) => owner['x-additional-query-parameters']).find((each) => typeof each === 'boolean');
  const isFreeForm = parameters.some(
    ({ part, style, explode, shape }) =>
      part === 'query' && style === 'form' && explode && shape.type === 'object' && shape.additional !== undefined,
  );
  return said === true || isFreeForm;
}

function readBody(operation: Source, method: HttpMethod, context: ModelContext): OperationModel['body'] {
  if (operation['requestBody'] === undefined) {
    return undefined;
  }
  const { places, problems } = context.reader;
  if (BODILESS.has(method)) {
    const hint = 'Take POST, or query parameters.';
    problems.push(badBody(`Clients cannot send a body with ${method}`, hint, places.of(operation, 'requestBody')));
  }
  const source = context.reader.resolve(operation['requestBody']);
  const contents = readContents(source['content'], context);
  if (contents.length === 0) {
    const hint = "Add 'content: { application/json: { schema: … } }', or remove the requestBody.";
    problems.push(badBody('The request body is of no media type', hint, places.of(operation, 'requestBody')));
  }
  const description = textAt(source, 'description');
  return {
    required: isObject(source) && source['required'] === true,
    ...(description !== undefined && { description }),
    contents,
  };
}
