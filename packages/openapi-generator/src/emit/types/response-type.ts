import type { StatusKey } from '@bulkhead/openapi';
import type { ContentModel, HeaderModel, OperationModel, ResponseModel } from '../../model/contract-model.ts';
import { docComment, propertyKey } from '../source-text.ts';
import { responseBodyType } from './content-type.ts';
import { mediaTypeType } from './request-type.ts';
import type { TypeContext } from './type-context.ts';

/** The type of what an operation answers: a union that the status tells apart. */
export function responseType(operation: OperationModel, context: TypeContext): string {
  const members = context.side === 'server' ? serverResponses(operation, context) : clientResponses(operation, context);
  return members.length > 1 ? members.map((member) => `| ${member}`).join('\n') : (members[0] ?? 'never');
}

/** What a handler may return: everything that the contract names. */
function serverResponses({ responses }: OperationModel, context: TypeContext): readonly string[] {
  return [...responses].flatMap(([key, response]) => {
    const status = statusType(key, [...responses.keys()], context);
    const headers = serverHeaders(response.headers, context);
    const contents = response.contents;
    if (contents.length === 0) {
      return [`{ readonly status: ${status}; ${headers} readonly body?: undefined }`];
    }
    return contents.map((content) => {
      const isClear = contents.length === 1 && !content.mediaType.includes('*');
      const contentType = isClear ? '' : `readonly contentType: ${mediaTypeType(content)};`;
      const body = `readonly body: ${responseBodyType(content, context)}`;
      return `{ readonly status: ${status}; ${contentType} ${headers} ${body} }`;
    });
  });
}

function serverHeaders(headers: readonly HeaderModel[], context: TypeContext): string {
  const others = context.imports.use('@bulkhead/openapi/server', 'ResponseHeaders');
  if (headers.length === 0) {
    return `readonly headers?: ${others};`;
  }
  const optional = headers.some(({ required }) => required) ? '' : '?';
  const members = headers.map(({ name, required, schema, description }) => {
    const type = context.types.expression(schema, 'response');
    return `${docComment({ description })}readonly ${propertyKey(name)}${required ? '' : '?'}: ${type};`;
  });
  return `readonly headers${optional}: { ${members.join('\n')} } & ${others};`;
}

/** What a caller gets: all that is no error, since errors are thrown. */
function clientResponses({ responses }: OperationModel, context: TypeContext): readonly string[] {
  return [...successes(responses)].map(([key, { contents, headers }]) => {
    const status = statusType(key, [...responses.keys()], context);
    const body = clientBodyType(contents, context);
    return `{ readonly status: ${status}; readonly headers: ${clientHeaders(headers, context)}; readonly body: ${body} }`;
  });
}

function clientHeaders(headers: readonly HeaderModel[], { imports }: TypeContext): string {
  const all = `${imports.global('Readonly')}<${imports.global('Record')}<string, string>>`;
  const members = headers.map(({ name, required, description }) => {
    return `${docComment({ description })}readonly ${propertyKey(name)}${required ? ': string' : '?: string'};`;
  });
  return members.length === 0 ? all : `{ ${members.join('\n')} } & ${all}`;
}

/** The type of the body that a method of a client gives: that of any response that is a success. */
export function resultType({ responses }: OperationModel, context: TypeContext): string {
  const types = new Set(
    [...successes(responses)]
      .filter(([key]) => !key.startsWith('3'))
      .map(([, { contents }]) => clientBodyType(contents, context)),
  );
  const [only = 'never'] = types;
  return types.size > 1 ? [...types].join(' | ') : only === 'undefined' ? 'void' : only;
}

function clientBodyType(contents: readonly ContentModel[], context: TypeContext): string {
  const types = new Set(contents.map((content) => responseBodyType(content, context)));
  return types.size === 0 ? 'undefined' : [...types].join(' | ');
}

/** The responses below 400. `default` is one of them where a contract names no success: else it stands for errors. */
function successes(responses: OperationModel['responses']): ReadonlyMap<StatusKey, ResponseModel> {
  const named = [...responses].filter(([key]) => /^[23]/u.test(key));
  const fallback = responses.get('default');
  return new Map(named.some(([key]) => key.startsWith('2')) || !fallback ? named : [...named, ['default', fallback]]);
}

/** The statuses that a key stands for, without those that the contract names elsewhere. */
function statusType(key: StatusKey, keys: readonly StatusKey[], { side, imports }: TypeContext): string {
  if (/^\d+$/u.test(key)) {
    return key;
  }
  const status = imports.use(`@bulkhead/openapi/${side}`, 'HttpStatus');
  const range = key === 'default' && side === 'client' ? '2XX' : key;
  const others = keys.filter((other) => other !== key && other !== 'default' && overlaps(range, other));
  const named = others.map((other) => (/^\d+$/u.test(other) ? other : `${status}<'${other}'>`));
  const all = range === 'default' ? status : `${status}<'${range}'>`;
  return named.length === 0 ? all : `${imports.global('Exclude')}<${all}, ${named.join(' | ')}>`;
}

function overlaps(range: StatusKey, other: StatusKey): boolean {
  return range === 'default' || other.charAt(0) === range.charAt(0);
}
