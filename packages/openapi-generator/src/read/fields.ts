import { SHAPES, type Kind } from './shapes.ts';
import { KEYWORDS } from '../model/schema-keywords.ts';

/** The keys that OpenAPI knows in objects of each kind, beside those that lead to other objects. */
const FIELDS: Readonly<Record<Exclude<Kind, 'components' | 'callback'>, readonly string[]>> = {
  document: ['openapi', 'info', 'jsonSchemaDialect', 'servers', 'security', 'tags', 'externalDocs'],
  pathItem: ['$ref', 'summary', 'description', 'servers'],
  operation: ['tags', 'summary', 'description', 'externalDocs', 'operationId', 'deprecated', 'security', 'servers'],
  parameter: [
    ...['name', 'in', 'description', 'required', 'deprecated', 'allowEmptyValue', 'style', 'explode', 'allowReserved'],
    ...['example', '$ref', 'summary'],
  ],
  header: ['description', 'required', 'deprecated', 'style', 'explode', 'example', '$ref', 'summary'],
  requestBody: ['description', 'required', '$ref', 'summary'],
  response: ['description', '$ref', 'summary'],
  mediaType: ['example'],
  encoding: ['contentType', 'style', 'explode', 'allowReserved'],
  schema: [
    ...[
      '$ref',
      '$schema',
      '$id',
      '$anchor',
      '$comment',
      '$dynamicRef',
      '$dynamicAnchor',
      '$vocabulary',
      'dependencies',
    ],
    ...['example', 'examples', 'xml', 'externalDocs', 'discriminator', 'nullable', 'id'],
  ],
  example: ['summary', 'description', 'value', 'externalValue', '$ref'],
  link: ['operationRef', 'operationId', 'parameters', 'requestBody', 'description', 'server', '$ref', 'summary'],
  securityScheme: [
    ...['type', 'description', 'name', 'in', 'scheme', 'bearerFormat', 'flows', 'openIdConnectUrl', '$ref', 'summary'],
  ],
};

/** The keys that objects of a kind can have; `undefined` where any key is a name that the author has chosen. */
export function fieldsOf(kind: Kind): readonly string[] | undefined {
  if (kind === 'callback') {
    return undefined;
  }
  const own = kind === 'components' ? [] : FIELDS[kind];
  return [...own, ...Object.keys(SHAPES[kind]), ...(kind === 'schema' ? KEYWORDS.keys() : [])];
}
