import type { HttpMethod, StatusKey } from '@bulkhead/openapi';
import { badResponse } from '../check/problems.ts';
import { isObject } from '../read/json-pointer.ts';
import { readContents } from './contents.ts';
import type { HeaderModel, ResponseModel } from './contract-model.ts';
import { entriesOf, textAt } from './contract-reader.ts';
import { typesOf } from './json-types.ts';
import type { ModelContext, Source } from './model-context.ts';

/** The responses of an operation, by their statuses. */
export function readResponses(
  operation: Source,
  method: HttpMethod,
  context: ModelContext,
): ReadonlyMap<StatusKey, ResponseModel> {
  const { places, problems } = context.reader;
  const responses = new Map<StatusKey, ResponseModel>();
  for (const [name, entry] of entriesOf(operation['responses'])) {
    const key = name.toUpperCase() === 'DEFAULT' ? 'default' : name.toUpperCase();
    if (!/^([1-5]\d\d|[1-5]XX|default)$/.test(key)) {
      const hint = "Write '200', '4XX' or 'default'.";
      problems.push(badResponse(`'${name}' is no status of a response`, hint, places.of(operation['responses'], name)));
      continue;
    }
    const response = readResponse(context.reader.resolve(entry), context);
    if (response.contents.length > 0 && hasNoBody(key)) {
      const hint = "Remove its 'content', or choose another status.";
      problems.push(
        badResponse(`Responses of status ${key} have no body`, hint, places.of(operation['responses'], name)),
      );
    }
    responses.set(key as StatusKey, method === 'HEAD' ? { ...response, contents: [] } : response);
  }
  if (responses.size === 0) {
    const hint = "Add 'responses' with at least one status.";
    problems.push(
      badResponse('The operation has no response, so a handler could not return', hint, places.of(operation)),
    );
  }
  return responses;
}

function hasNoBody(status: string): boolean {
  return status === '204' || status === '205' || status === '304' || status.startsWith('1');
}

function readResponse(source: Source, context: ModelContext): ResponseModel {
  const headers = entriesOf(source['headers'])
    .filter(([name]) => name.toLowerCase() !== 'content-type')
    .map(([name, header]) => readHeader(name.toLowerCase(), context.reader.resolve(header), context));
  return {
    description: textAt(source, 'description') ?? '',
    headers: [...new Map(headers.map((header) => [header.name, header])).values()],
    contents: readContents(source['content'], context),
  };
}

function readHeader(name: string, source: Source, context: ModelContext): HeaderModel {
  const content = isObject(source['content']) ? Object.values(source['content'])[0] : undefined;
  const schema = source['schema'] ?? (isObject(content) ? content['schema'] : undefined);
  const description = textAt(source, 'description');
  const converted = context.schemas.convert(schema);
  const types = typesOf(converted, context.named);
  if (content === undefined && types.size < 7 && types.has('object')) {
    const hint = "Describe it by 'content: { application/json: { schema: … } }' to have it written as JSON.";
    const message = `The header '${name}' may be an object, for which headers have no form`;
    context.reader.problems.push(badResponse(message, hint, context.reader.places.of(source)));
  }
  return {
    name,
    required: source['required'] === true,
    schema: converted,
    ...(description !== undefined && { description }),
  };
}
