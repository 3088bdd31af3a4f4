import { describe, expect, it } from '@jest/globals';
import type { ProblemsError } from '@bulkhead/errors';
import { packageWith } from '../../test/packages.ts';
import { loadConfigSchema } from './config-schema.ts';
import type { SchemaNode } from './schema-node.ts';

function codesOf(run: () => unknown): readonly (readonly string[])[] {
  try {
    run();
  } catch (error) {
    expect((error as ProblemsError).code).toBe('ERR_CONFIG_PACKAGES');
    return (error as ProblemsError).problems.map(({ code, message }) => [code, message]);
  }
  return [];
}

describe('loadConfigSchema', () => {
  it('joins what packages say of the whole tree', () => {
    const schema = loadConfigSchema([
      packageWith(
        '@x/http',
        {},
        { properties: { backend: { properties: { listen: { type: 'number' } }, required: ['a'] } } },
      ),
      packageWith(
        '@x/db',
        {},
        {
          required: ['backend'],
          properties: { backend: { properties: { database: { type: 'object' } }, required: ['b'] }, topology: {} },
        },
      ),
    ]);
    const backend = schema.sections.get('backend')!;
    expect(Object.keys(backend.properties!)).toEqual(['listen', 'database']);
    expect(backend.required).toEqual(['a', 'b']);
    expect(backend.properties!.listen!['x-packages']).toEqual(['@x/http']);
    expect([...schema.sections.keys()]).toEqual(['backend', 'topology']);
    expect(schema.required).toEqual(['backend']);
  });

  it('puts the schema of a plugin under its id, with those of its modules', () => {
    const schema = loadConfigSchema([
      packageWith(
        '@x/todo',
        { role: 'backend-plugin', pluginId: 'todo' },
        { properties: { limit: { type: 'integer' } } },
      ),
      packageWith(
        '@x/todo-audit',
        { role: 'backend-plugin-module', pluginId: 'todo' },
        {
          properties: { audit: { type: 'boolean' } },
        },
      ),
    ]);
    expect(Object.keys(schema.sections.get('todo')!.properties!)).toEqual(['limit', 'audit']);
  });

  it('takes a plugin schema that describes the tree for one that describes the section', () => {
    const schema = loadConfigSchema([
      packageWith(
        '@x/todo',
        { role: 'backend-plugin', pluginId: 'todo' },
        {
          properties: { todo: { type: 'object', properties: { limit: { type: 'integer' } } } },
        },
      ),
    ]);
    expect(Object.keys(schema.sections.get('todo')!.properties!)).toEqual(['limit']);
  });

  it('gives instances the schema of their plugin, which counts as not installed itself', () => {
    const todo = packageWith(
      '@x/s3',
      { role: 'backend-plugin', pluginId: 's3' },
      {
        required: ['bucket'],
        properties: { bucket: { type: 'string' } },
      },
    );
    const schema = loadConfigSchema([todo], {
      installed: [{ pluginId: 'minio', of: 's3' }, { pluginId: 'archive', of: 's3' }, { pluginId: 'foreign' }],
      knownKeys: ['app'],
    });
    expect(schema.sections.get('minio')).toBe(schema.sections.get('archive'));
    expect(schema.sections.has('s3')).toBe(true);
    expect(schema.expected).toEqual(['minio', 'archive']);
    expect([...schema.known].sort()).toEqual(['app', 'archive', 'foreign', 'minio', 's3']);
  });

  it('joins a section that both the host and a plugin describe', () => {
    const schema = loadConfigSchema([
      packageWith('@x/core', {}, { properties: { permission: { properties: { enabled: { type: 'boolean' } } } } }),
      packageWith('@x/permission', { role: 'backend-plugin', pluginId: 'permission' }, { properties: { policy: {} } }),
    ]);
    expect(Object.keys(schema.sections.get('permission')!.properties!)).toEqual(['enabled', 'policy']);
  });

  it('reads draft 07, references included', () => {
    const schema = loadConfigSchema([
      packageWith(
        '@x/a',
        { role: 'backend-plugin', pluginId: 'a' },
        {
          $schema: 'http://json-schema.org/draft-07/schema#',
          definitions: {
            port: { type: 'integer', minimum: 1 },
            tree: { properties: { child: { $ref: '#/definitions/tree' } } },
          },
          properties: {
            port: { $ref: '#/definitions/port', description: 'Ours' },
            pair: { type: 'array', items: [{ type: 'string' }], additionalItems: { type: 'number' } },
            tree: { $ref: '#/definitions/tree' },
          },
          dependencies: { port: ['pair'], pair: { required: ['tree'] } },
        },
      ),
    ]);
    const section = schema.sections.get('a')!;
    expect(section.properties!.port).toMatchObject({ type: 'integer', minimum: 1, description: 'Ours' });
    expect(section.properties!.pair).toMatchObject({ prefixItems: [{ type: 'string' }], items: { type: 'number' } });
    expect(section.dependentRequired).toEqual({ port: ['pair'] });
    expect(section.dependentSchemas).toMatchObject({ pair: { required: ['tree'] } });
    expect(section.properties!.tree!.properties!.child!.properties!.child).toBeDefined();
    expect(section).not.toHaveProperty('$schema');
  });

  it('unrolls schemas that contain each other without end, as far as anybody looks', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }]));
    const $defs = Object.fromEntries(names.map((name) => [name, { type: 'object', properties }]));
    const { sections } = loadConfigSchema([
      packageWith('@x/t', { role: 'backend-plugin', pluginId: 't' }, { $defs, properties }),
    ]);
    // Each of them once, whatever comes first.
    const e = names.reduce<SchemaNode | undefined>((schema, name) => schema?.properties?.[name], sections.get('t'));
    expect(e?.type).toBe('object');
  });

  it('reports what is no schema, all at once', () => {
    const bad = packageWith(
      '@x/a',
      { role: 'backend-plugin', pluginId: 'a' },
      {
        properties: {
          one: { type: 'sting' },
          two: { visibility: 'public' },
          three: { $ref: 'other.json#/x' },
          four: 'string',
          six: { pattern: '(' },
          seven: { patternProperties: { '[': {} } },
          five: { required: 'six', properties: [] },
        },
      },
    );
    expect(codesOf(() => loadConfigSchema([bad]))).toEqual(
      [
        "#/properties/one has a 'type' that is none of string, number, integer, boolean, object, array, null",
        "#/properties/two has a 'visibility' that is none of frontend, backend, secret",
        "#/properties/three has a $ref to 'other.json#/x', which is not in the file",
        '#/properties/four is not a schema',
        '#/properties/six has a pattern that is not a regular expression',
        '#/properties/seven has a pattern that is not a regular expression',
        "#/properties/five has a 'properties' that is not an object",
        "#/properties/five has a 'required' that is not a list",
      ].map((what) => ['ERR_CONFIG_SCHEMA', `/pkg/@x/a/config.schema.json cannot be used: ${what}`]),
    );
  });

  it('reports packages that contradict each other', () => {
    const a = packageWith(
      '@x/a',
      {},
      { properties: { backend: { properties: { key: { type: 'string', visibility: 'secret' } } } } },
    );
    const b = packageWith(
      '@x/b',
      {},
      { properties: { backend: { properties: { key: { type: 'number', visibility: 'frontend' } } } } },
    );
    expect(codesOf(() => loadConfigSchema([a, b]))).toEqual([
      [
        'ERR_CONFIG_SCHEMA_CONFLICT',
        "The schemas of @x/a and @x/b disagree on 'type' of the configuration key 'backend.key'",
      ],
      [
        'ERR_CONFIG_SCHEMA_CONFLICT',
        "The schemas of @x/a and @x/b disagree on 'visibility' of the configuration key 'backend.key'",
      ],
    ]);
  });
});
