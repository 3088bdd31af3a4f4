import type { ParameterPart } from '@bulkhead/openapi';
import type { ContentModel, OperationModel, ParameterModel } from '../../model/contract-model.ts';
import { docComment, propertyKey } from '../source-text.ts';
import { defaultOf } from '../schema/defaults.ts';
import { requestBodyType } from './content-type.ts';
import { requestVariant, type TypeContext } from './type-context.ts';

const PARTS: readonly ParameterPart[] = ['path', 'query', 'headers', 'cookies'];

/** The type of what an operation takes: the parts that it has, and no others. */
export function requestType(operation: OperationModel, context: TypeContext): string {
  const parts = PARTS.flatMap((part) => {
    const parameters = operation.parameters.filter((parameter) => parameter.part === part);
    return parameters.length === 0 ? [] : [partType(part, parameters, context)];
  });
  const bodies = bodyTypes(operation, context);
  const [only] = bodies;
  if (bodies.length > 1) {
    const union = bodies.map((body) => `| { ${body} }`).join('\n');
    return parts.length === 0 ? union : `{ ${parts.join('\n')} } & (${union})`;
  }
  const members = only === undefined ? parts : [...parts, only];
  return members.length === 0 ? emptyType(context) : `{ ${members.join('\n')} }`;
}

/** Whether an operation can be called without saying anything. */
export function isRequestOptional({ parameters, body }: OperationModel): boolean {
  return !parameters.some(({ required }) => required) && !body?.required;
}

/** Of a client, so that whatever is passed is one thing too many; a handler gets its context besides. */
function emptyType({ side, imports }: TypeContext): string {
  const key = side === 'client' ? 'string' : 'never';
  return `${imports.global('Readonly')}<${imports.global('Record')}<${key}, never>>`;
}

function partType(part: ParameterPart, parameters: readonly ParameterModel[], context: TypeContext): string {
  const isRequired = context.side === 'server' || parameters.some(({ required }) => required);
  const members = parameters.map((parameter) => parameterType(parameter, context));
  return `readonly ${part}${isRequired ? '' : '?'}: {\n${members.join('\n')}\n};`;
}

function parameterType(parameter: ParameterModel, context: TypeContext): string {
  const { name, schema, description, deprecated } = parameter;
  const isFilled = context.side === 'server' && defaultOf(schema, context.named) !== undefined;
  const optional = parameter.required || isFilled ? '' : '?';
  const type = context.types.expression(schema, requestVariant(context));
  return `${docComment({ description, deprecated })}readonly ${propertyKey(name)}${optional}: ${type};`;
}

/** The members for the body: one set for each kind of body. */
function bodyTypes({ body }: OperationModel, context: TypeContext): readonly string[] {
  if (!body) {
    return [];
  }
  const { contents, required } = body;
  const comment = docComment({ description: body.description });
  if (contents.length === 1 && !isRange(contents[0]!)) {
    return [`${comment}readonly body${required ? '' : '?'}: ${requestBodyType(contents[0]!, context)};`];
  }
  const kinds = contents.map((content, index) => {
    // A client that does not say which one it means sends the first.
    const isOptional = context.side === 'client' && index === 0 && !isRange(content);
    const contentType = `readonly contentType${isOptional ? '?' : ''}: ${mediaTypeType(content)};`;
    return `${contentType}\n${comment}readonly body: ${requestBodyType(content, context)};`;
  });
  return required ? kinds : [...kinds, 'readonly contentType?: undefined;\nreadonly body?: undefined;'];
}

/** The media type of a body as a type: a range stands for all that fall under it. */
export function mediaTypeType({ mediaType }: ContentModel): string {
  return mediaType.includes('*') ? `\`${mediaType.replaceAll('*', '${string}')}\`` : JSON.stringify(mediaType);
}

function isRange({ mediaType }: ContentModel): boolean {
  return mediaType.includes('*');
}
