import type { ContentKind, FormField } from '@bulkhead/openapi';
import { badBody } from '../check/problems.ts';
import { isObject } from '../read/json-pointer.ts';
import type { ContentModel, Schema } from './contract-model.ts';
import { entriesOf, textAt } from './contract-reader.ts';
import { itemsOf, partsOf, propertiesOf, scalarsOf, typesOf, type NamedSchemas } from './json-types.ts';
import type { ModelContext, Source } from './model-context.ts';

/** The kinds of bodies that a request or a response can have. */
export function readContents(content: unknown, context: ModelContext): readonly ContentModel[] {
  const contents = new Map<string, ContentModel>();
  for (const [name, media] of entriesOf(content)) {
    const mediaType = name.split(';')[0]!.trim().toLowerCase();
    if (!/^[^/\s]+\/[^/\s]+$/.test(mediaType)) {
      const source = context.reader.places.of(content, name);
      context.reader.problems.push(
        badBody(`'${name}' is no media type`, "Write 'application/json', 'image/*' or the like.", source),
      );
    } else if (!contents.has(mediaType)) {
      // Parameters of media types do not tell bodies apart: the first one counts.
      contents.set(mediaType, readContent(mediaType, media as Source, context));
    }
  }
  return [...contents.values()];
}

/** How bodies of a media type are read and written. */
export function kindOf(mediaType: string): ContentKind {
  if (/^(application|text)\/json$|\+json$/.test(mediaType)) {
    return 'json';
  }
  switch (mediaType) {
    case 'application/x-www-form-urlencoded':
      return 'form';
    case 'multipart/form-data':
      return 'multipart';
    case 'text/event-stream':
      return 'events';
    default:
      return mediaType.startsWith('text/') ? 'text' : 'binary';
  }
}

function readContent(mediaType: string, media: Source, context: ModelContext): ContentModel {
  const kind = kindOf(mediaType);
  const schema = context.schemas.convert(media['schema']);
  const isDescribed = media['schema'] !== undefined;
  switch (kind) {
    case 'binary':
      // It is streamed, so nothing could be checked. XML described by a schema is served as it comes, too.
      return { mediaType, kind };
    case 'text':
      return isDescribed && typesOf(schema, context.named).has('string')
        ? { mediaType, kind, schema }
        : { mediaType, kind };
    case 'form':
    case 'multipart':
      return { mediaType, kind, fields: readFields(media, { kind, schema }, context), schema };
    case 'json':
    case 'events':
      return isDescribed ? { mediaType, kind, schema } : { mediaType, kind };
  }
}

function readFields(
  media: Source,
  { kind, schema }: { kind: 'form' | 'multipart'; schema: Schema },
  context: ModelContext,
): Readonly<Record<string, FormField>> {
  const { places, problems } = context.reader;
  const fields: [string, FormField][] = [];
  const fail = (message: string, hint: string, ...keys: string[]): void => {
    problems.push(badBody(message, hint, places.of(media, ...keys)));
  };
  if (!typesOf(schema, context.named).has('object')) {
    fail(
      'A form is an object, whose properties are its fields',
      "Describe it by a schema of 'type: object'.",
      'schema',
    );
  }
  for (const [name, property] of propertiesOf(schema, context.named)) {
    const encodings = isObject(media['encoding']) ? media['encoding'] : {};
    const encoding = isObject(encodings[name]) ? encodings[name] : {};
    const field = fieldOf(property, textAt(encoding, 'contentType'), context.named);
    if (!isPlainEncoding(encoding, field)) {
      const hint = "Leave out 'style' and 'explode', or write 'contentType: application/json'; or take a body in JSON.";
      fail(`The encoding of the field '${name}' is not supported`, hint, 'encoding', name);
    }
    if (kind === 'form' && field.type === 'file') {
      fail(`The field '${name}' is a file, for which the form has no place`, "Take 'multipart/form-data'.");
    }
    fields.push([name, field]);
  }
  return Object.fromEntries(fields);
}

function isPlainEncoding(encoding: Source, field: FormField): boolean {
  if (field.type === 'json') {
    return encoding['style'] === undefined || /json/.test(textAt(encoding, 'contentType') ?? '');
  }
  const isPlain = encoding['style'] === undefined || encoding['style'] === 'form';
  return field.type === 'array' ? isPlain && encoding['explode'] !== false : isPlain;
}

function fieldOf(schema: Schema, contentType: string | undefined, named: NamedSchemas): FormField {
  if (contentType !== undefined && /^application\/([^;]+\+)?json\b/i.test(contentType)) {
    return { type: 'json' };
  }
  const types = typesOf(schema, named);
  if (types.size === 7) {
    // OpenAPI 3.1 describes bytes by a schema that says nothing.
    const isFile = contentType !== undefined && !contentType.startsWith('text/');
    return isFile ? { type: 'file', many: false } : { type: 'scalar', scalars: ['any'] };
  }
  if (types.has('array')) {
    const items = itemsOf(schema, named);
    if (isFileSchema(items, named)) {
      return { type: 'file', many: true };
    }
    const scalars = scalarsOf(items, named);
    const isFlat = !typesOf(items, named).has('object') && !typesOf(items, named).has('array');
    return isFlat && scalars.length > 0 ? { type: 'array', items: scalars } : { type: 'json' };
  }
  if (isFileSchema(schema, named)) {
    return { type: 'file', many: false };
  }
  return types.has('object') ? { type: 'json' } : { type: 'scalar', scalars: scalarsOf(schema, named) };
}

/** Whether a schema describes a file: as OpenAPI 3.0 does (`format: binary`), or as 3.1 does (`contentMediaType`). */
export function isFileSchema(schema: Schema, named: NamedSchemas): boolean {
  return partsOf(schema, named).some(
    (part) =>
      part['format'] === 'binary' ||
      (typeof part['contentMediaType'] === 'string' &&
        part['contentEncoding'] === undefined &&
        !/^text\/|json/.test(part['contentMediaType'])),
  );
}
