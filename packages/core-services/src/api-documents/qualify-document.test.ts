import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@bulkhead/types';
import { qualifyDocument } from './qualify-document.ts';

function qualify(document: JsonObject, sharedSchemes: string[] = []): ReturnType<typeof qualifyDocument> {
  return qualifyDocument(document, { pluginId: 'todo', sharedSchemes: new Set(sharedSchemes) });
}

function qualifySchema(schema: JsonObject, others: JsonObject = {}): unknown {
  return qualify({ components: { schemas: { It: schema, ...others } } }).components.schemas!['todo.It'];
}

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

describe('paths', () => {
  it('stand below the mount of the plugin', () => {
    const { paths, webhooks } = qualify({ paths: { '/': {}, '/a/{b}': {} }, webhooks: { changed: {} } });
    expect(Object.keys(paths)).toEqual(['/api/todo', '/api/todo/a/{b}']);
    expect(Object.keys(webhooks)).toEqual(['todo.changed']);
  });

  it('are found by what refers to them', () => {
    expect(qualifySchema({ $ref: '#/paths/~1a~1{b}/get/responses/200' })).toEqual({
      $ref: '#/paths/~1api~1todo~1a~1{b}/get/responses/200',
    });
    expect(qualifySchema({ $ref: '#/webhooks/changed' })).toEqual({ $ref: '#/webhooks/todo.changed' });
    expect(qualifySchema({ $ref: 'https://example.com/x' })).toEqual({ $ref: 'https://example.com/x' });
    expect(qualifySchema({ $ref: '#/x-own/thing' })).toEqual({ $ref: '#/x-own/thing' });
  });
});

describe('operations', () => {
  const operationOf = (operation: JsonObject, document: JsonObject = {}): unknown =>
    (qualify({ ...document, paths: { '/a': { get: operation } } }, ['shared']).paths['/api/todo/a'] as JsonObject).get;

  it('have a name and a tag of the plugin', () => {
    expect(operationOf({ operationId: 'read' })).toEqual({ operationId: 'todo.read', tags: ['todo'], security: [] });
    expect(operationOf({ tags: ['a', 'b'] })).toMatchObject({ tags: ['todo: a', 'todo: b'] });
  });

  it('are listed by tags that say what they are for', () => {
    const info = { title: 'todo', description: 'Todos' };
    const paths = { '/a': { get: {} }, '/b': { get: { tags: ['admin'] } } };
    const tags = [{ name: 'admin', description: 'For few' }];
    expect(qualify({ info, paths, tags }).tags).toEqual([
      { name: 'todo', description: 'Todos' },
      { name: 'todo: admin', description: 'For few' },
    ]);
    expect(qualify({ info, paths: { '/b': paths['/b'] }, tags }).tags).toEqual([
      { name: 'todo: admin', description: 'For few' },
    ]);
  });

  it('say who may call them, as the whole document does not', () => {
    const document = { security: [{ own: ['user'], shared: [] }] };
    expect(operationOf({}, document)).toMatchObject({ security: [{ 'todo.own': ['user'], shared: [] }] });
    expect(operationOf({ security: [{}, { shared: [] }] }, document)).toMatchObject({ security: [{}, { shared: [] }] });
    expect(operationOf({ security: [] }, document)).toMatchObject({ security: [] });
  });

  it('are named alike in links and callbacks', () => {
    const responses = {
      '200': { links: { next: { operationId: 'read' }, other: { operationRef: '#/paths/~1a/get' } } },
    };
    const callbacks = { done: { '{$request.body#/url}': { post: { operationId: 'done', requestBody: ref('It') } } } };
    expect(operationOf({ responses, callbacks })).toMatchObject({
      responses: {
        '200': {
          links: { next: { operationId: 'todo.read' }, other: { operationRef: '#/paths/~1api~1todo~1a/get' } },
        },
      },
      callbacks: {
        done: {
          '{$request.body#/url}': { post: { operationId: 'todo.done', requestBody: ref('todo.It'), tags: ['todo'] } },
        },
      },
    });
  });
});

describe('references', () => {
  it('lead to the renamed component, however deep', () => {
    const schema = { allOf: [ref('A'), { properties: { a: { items: ref('A/properties/b') } } }] };
    expect(qualifySchema(schema)).toEqual({
      allOf: [ref('todo.A'), { properties: { a: { items: ref('todo.A/properties/b') } } }],
    });
  });

  it('are told from properties that are called like keywords', () => {
    const properties = { $ref: ref('A'), default: ref('A'), 'x-y': ref('A'), security: ref('A'), examples: ref('A') };
    const renamed = Object.fromEntries(Object.keys(properties).map((name) => [name, ref('todo.A')]));
    expect(qualifySchema({ properties })).toEqual({ properties: renamed });
  });

  it('are told from data', () => {
    const data = { default: ref('A'), const: ref('A'), enum: [ref('A')], examples: [ref('A')], 'x-own': ref('A') };
    expect(qualifySchema(data)).toEqual(data);
  });
});

describe('a discriminator', () => {
  it('gets a mapping, since values stay what they are', () => {
    const schema = { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'type' } };
    expect(qualifySchema(schema)).toMatchObject({
      discriminator: {
        propertyName: 'type',
        mapping: { Cat: '#/components/schemas/todo.Cat', Dog: '#/components/schemas/todo.Dog' },
      },
    });
  });

  it('keeps the values of its mapping', () => {
    const mapping = { cat: '#/components/schemas/Cat', dog: 'Dog', else: 'other.json' };
    const schema = { anyOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'type', mapping } };
    expect(qualifySchema(schema, { Cat: {}, Dog: {} })).toMatchObject({
      discriminator: {
        mapping: { cat: '#/components/schemas/todo.Cat', dog: '#/components/schemas/todo.Dog', else: 'other.json' },
      },
    });
  });

  it('chooses among the schemas that build on its own if none are listed', () => {
    const schema = { discriminator: { propertyName: 'type' } };
    expect(qualifySchema(schema, { Cat: { allOf: [ref('It')] }, Stone: {} })).toEqual({
      discriminator: { propertyName: 'type', mapping: { Cat: '#/components/schemas/todo.Cat' } },
    });
  });
});

it('takes what is no description for what it is', () => {
  expect(qualify({ paths: [], components: { schemas: { A: true, B: null } }, tags: 'x' })).toEqual({
    paths: {},
    webhooks: {},
    components: { schemas: { 'todo.A': true, 'todo.B': null } },
    tags: [],
  });
});
