import type { ContentModel, Schema } from '../../model/contract-model.ts';
import { propertyKey } from '../source-text.ts';
import { resolveRef, schemasOf } from '../schema/schema-ref.ts';
import { requestVariant, typeOf, type TypeContext } from './type-context.ts';

const RUNTIME = { server: '@bulkhead/openapi/server', client: '@bulkhead/openapi/client' } as const;

/** The type of a body that is sent. */
export function requestBodyType(content: ContentModel, context: TypeContext): string {
  const { side, imports } = context;
  switch (content.kind) {
    case 'binary':
      return side === 'server'
        ? imports.use('node:stream', 'Readable')
        : imports.use(RUNTIME.client, 'StreamedRequestBody');
    case 'text':
      return textType(content.schema, context);
    case 'multipart':
      return multipartType(content, context);
    case 'events':
    case 'form':
    case 'json':
      return typeOf(content.schema, requestVariant(context), context);
  }
}

/** The type of a body that is answered. */
export function responseBodyType({ kind, schema }: ContentModel, context: TypeContext): string {
  const { side, imports } = context;
  switch (kind) {
    case 'binary':
      return side === 'server'
        ? imports.use(RUNTIME.server, 'StreamedBody')
        : `${imports.global('ReadableStream')}<${imports.global('Uint8Array')}>`;
    case 'text':
      return textType(schema, context);
    case 'events': {
      const event = imports.use(RUNTIME[side], 'ServerSentEvent');
      return `${imports.global('AsyncIterable')}<${event}<${typeOf(schema, 'response', context)}>>`;
    }
    case 'form':
    case 'multipart':
    case 'json':
      return typeOf(schema, 'response', context);
  }
}

/** A text may be limited by an enum; without a schema, or with one that says nothing, it is any. */
function textType(schema: Schema | undefined, context: TypeContext): string {
  const type = schema === undefined || schema === true ? 'string' : typeOf(schema, 'response', context);
  return type === 'unknown' ? 'string' : type;
}

/** The properties of a form of which some are files. */
function multipartType({ fields = {}, schema = true }: ContentModel, context: TypeContext): string {
  const resolved = resolveRef(schema, context.named);
  const files = Object.entries(fields).filter(([, field]) => field.type === 'file');
  const variant = requestVariant(context);
  if (typeof resolved === 'boolean' || files.length === 0) {
    return typeOf(schema, variant, context);
  }
  const file = context.imports.global(context.side === 'server' ? 'File' : 'Blob');
  const required = new Set(Array.isArray(resolved.required) ? resolved.required : []);
  const members = files.map(([name, field]) => {
    const type = field.type === 'file' && field.many ? `readonly ${file}[]` : file;
    return `readonly ${propertyKey(name)}${required.has(name) ? '' : '?'}: ${type};`;
  });
  const others = withoutProperties(resolved, new Set(files.map(([name]) => name)));
  const isNothingElse = schemasOf(others.properties).length === 0 && others.allOf === undefined;
  return `{ ${members.join(' ')} }${isNothingElse ? '' : ` & ${typeOf(others, variant, context)}`}`;
}

type ObjectSchema = Exclude<Schema, boolean>;

function withoutProperties(schema: ObjectSchema, names: ReadonlySet<string>): ObjectSchema {
  return {
    ...schema,
    properties: Object.fromEntries(schemasOf(schema.properties).filter(([name]) => !names.has(name))),
    ...(Array.isArray(schema.required) && {
      required: schema.required.filter((name) => typeof name !== 'string' || !names.has(name)),
    }),
  };
}
