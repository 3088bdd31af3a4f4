import path from 'node:path';
import type { ContractNode } from './contract-node.ts';

/** Keys on the way to a schema that say nothing about it. */
const SILENT = new Set([
  ...[
    'components',
    'schemas',
    'paths',
    'properties',
    'patternProperties',
    'additionalProperties',
    'items',
    'prefixItems',
  ],
  ...['allOf', 'anyOf', 'oneOf', '$defs', 'definitions', 'content', 'schema', 'application/json', 'responses'],
  ...['parameters', 'headers', 'requestBodies', 'examples', 'links', 'callbacks', 'securitySchemes', 'pathItems'],
]);

/** The name for what a reference leads to and what is no component of the main file yet. */
export function componentName({ file, keys }: ContractNode): string {
  const telling = keys.filter((key) => !SILENT.has(key) && !/^\d{1,2}$/.test(key));
  const name = telling.length > 0 ? telling.join('_') : path.basename(file.path).replace(/\.(ya?ml|json)$/i, '');
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replaceAll(/^_+|_+$/g, '') || 'unnamed';
}
