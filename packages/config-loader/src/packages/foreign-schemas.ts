import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeclaration } from '../declarations/read-declaration.ts';
import { isSchemaNode, type SchemaNode } from '../schema/schema-node.ts';
import type { PackageSchema } from './discover-packages.ts';

/** The field `backstage` of a package.json, as far as it matters here. */
export interface BackstageManifest {
  /** What the package is: `backend-plugin`, `backend-plugin-module`, `node-library`, … */
  readonly role?: string;
  /** The plugin that it is, or belongs to. */
  readonly pluginId?: string;
  readonly [key: string]: unknown;
}

/** What of a package.json tells that the package was made for Backstage. */
export interface ForeignManifest {
  readonly backstage?: BackstageManifest;
  /** A schema, or the path of a JSON Schema or a `.d.ts` file. */
  readonly configSchema?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Whether a package was made for Backstage, or leads to packages that were. */
export function isForeign({ backstage, configSchema, dependencies = {} }: ForeignManifest): boolean {
  return Boolean(backstage ?? configSchema) || Object.keys(dependencies).some((name) => name.startsWith('@backstage/'));
}

/**
 * The schema that the field `configSchema` of a package.json tells of. One that cannot be read is no reason to refuse a
 * host: Backstage itself looks at them in its tools only.
 */
export function readForeignSchemas(dir: string, { configSchema }: ForeignManifest): PackageSchema[] {
  if (isSchemaNode(configSchema)) {
    return [{ file: join(dir, 'package.json'), schema: configSchema, origin: 'backstage' }];
  }
  if (typeof configSchema !== 'string') return [];
  const file = join(dir, configSchema);
  const schema = existsSync(file) ? readSchema(file) : undefined;
  return schema ? [{ file, schema, origin: 'backstage' }] : [];
}

function readSchema(file: string): SchemaNode | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    if (/\.[cm]?ts$/.test(file)) return readDeclaration(text);
    const schema: unknown = JSON.parse(text);
    return isSchemaNode(schema) ? schema : undefined;
  } catch {
    return undefined;
  }
}
