import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'yaml';
import { isObject } from '../src/read/json-pointer.ts';

/** A contract that was written by others, for others. */
export interface ForeignContract {
  readonly name: string;
  readonly file: string;
}

const require = createRequire(import.meta.url);

function folderOf(file: string): string {
  return path.dirname(require.resolve(file));
}

function examples(version: string): readonly ForeignContract[] {
  const folder = path.join(folderOf('@readme/oas-examples/package.json'), version, 'yaml');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({
      name: `oas-examples ${version} ${path.basename(file, '.yaml')}`,
      file: path.join(folder, file),
    }));
}

/**
 * The descriptions of APIs in packages of others: of Figma, ReadMe, the Star Trek API, the USPTO, and many small
 * ones that try out one corner of OpenAPI each. `FOREIGN_CONTRACTS` may name the files of further ones, between colons.
 */
export function foreignContracts(): readonly ForeignContract[] {
  const further = process.env['FOREIGN_CONTRACTS']?.split(':').filter((file) => file !== '') ?? [];
  return [
    { name: 'figma', file: path.join(folderOf('@figma/rest-api-spec/package.json'), 'openapi/openapi.yaml') },
    ...examples('3.0'),
    ...examples('3.1'),
    ...further.map((file) => ({ name: path.basename(file), file })),
  ];
}

type Mutable = Record<string, unknown>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * A contract as its authors would have it after they have followed the hints of its refusal: operations have names and
 * responses, security is that of the host, paths have no fragments, OpenAPI 3.1 has no words of 3.0.
 */
export function mend(file: string): Mutable {
  const document = parse(readFileSync(file, 'utf8')) as Mutable;
  delete document['security'];
  delete document['jsonSchemaDialect'];
  delete (document['components'] as Mutable | undefined)?.['securitySchemes'];
  const paths = (document['paths'] ?? {}) as Record<string, Mutable>;
  let number = 0;
  for (const [name, pathItem] of Object.entries(paths)) {
    if (/[?#]/.test(name)) {
      delete paths[name];
    }
    for (const method of METHODS.filter((each) => isObject(pathItem[each]))) {
      const operation = pathItem[method] as Mutable;
      delete operation['security'];
      operation['operationId'] ??= `operation${++number}`;
      if (Object.keys(operation['responses'] ?? {}).length === 0) {
        operation['responses'] = { 204: { description: 'Done' } };
      }
    }
  }
  mendSchemas(document, String(document['openapi']).startsWith('3.1'));
  return document;
}

function mendSchemas(value: unknown, isNew: boolean): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const object = value as Mutable;
  for (const key of isNew ? ['nullable', 'exclusiveMinimum', 'exclusiveMaximum'] : []) {
    if (typeof object[key] === 'boolean') {
      delete object[key];
    }
  }
  if (object['default'] === null || isForeignText(object)) {
    delete object['default'];
  }
  for (const key of ['schema', 'items'].filter((each) => object[each] === null)) {
    object[key] = {};
  }
  const properties = isObject(object['properties']) ? object['properties'] : {};
  for (const name of Object.keys(properties).filter((each) => properties[each] === null)) {
    properties[name] = {};
  }
  Object.values(object).forEach((child) => mendSchemas(child, isNew));
}

/** Whether the default of a schema is a text that the schema does not allow. */
function isForeignText({ default: value, type, format }: Mutable): boolean {
  return typeof value === 'string' && (type === 'integer' || type === 'number' || format !== undefined);
}
