import { describe, expect, it } from '@jest/globals';
import type { OperationModel } from '../src/model/contract-model.ts';
import { contract, modelOf } from './contracts.ts';

const responses = { 204: { description: 'Done' } };

function operationOf(operation: object, components: object = {}, more: object = {}): OperationModel {
  const paths = { '/todos': { post: { operationId: 'callTodos', responses, ...operation } } };
  return modelOf({ ...contract(paths, components), ...more }).operations[0]!;
}

describe('access', () => {
  const securitySchemes = {
    bearer: { type: 'http', scheme: 'bearer' },
    cookie: { type: 'apiKey', in: 'cookie', name: 'backstage-auth' },
  };

  it.each([
    [[], { credentials: 'none', principals: ['user', 'service'], cookie: false }],
    [[{ bearer: [] }], { credentials: 'required', principals: ['user', 'service'], cookie: false }],
    [[{ bearer: ['user'] }], { credentials: 'required', principals: ['user'], cookie: false }],
    [[{ bearer: ['service'] }], { credentials: 'required', principals: ['service'], cookie: false }],
    [[{}, { bearer: [] }], { credentials: 'optional', principals: ['user', 'service'], cookie: false }],
    [[{ bearer: ['user'] }, { cookie: [] }], { credentials: 'required', principals: ['user'], cookie: true }],
  ])('%j', (security, access) => {
    expect(operationOf({ security }, { securitySchemes }).access).toEqual(access);
  });

  it('is that of the contract, unless the operation has its own', () => {
    const more = { security: [{ bearer: ['service'] }] };
    expect(operationOf({}, { securitySchemes }, more).access.principals).toEqual(['service']);
    expect(operationOf({ security: [] }, { securitySchemes }, more).access.credentials).toBe('none');
  });
});

describe('parameters', () => {
  const parameterOf = (parameter: object): unknown =>
    operationOf({ parameters: [{ name: 'p', in: 'query', ...parameter }] }).parameters[0];

  it.each([
    [{ schema: { type: 'integer' } }, { type: 'scalar', scalars: ['integer'] }],
    [{ schema: { type: ['number', 'null'] } }, { type: 'scalar', scalars: ['null', 'number'] }],
    [{ schema: { enum: ['a', 1, true] } }, { type: 'scalar', scalars: ['boolean', 'integer', 'string'] }],
    [{ schema: {} }, { type: 'scalar', scalars: ['any'] }],
    [{ schema: { type: 'array', items: { type: 'integer' } } }, { type: 'array', items: ['integer'] }],
    [
      { schema: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] } },
      { type: 'array', items: ['string'] },
    ],
    [
      {
        style: 'deepObject',
        schema: {
          type: 'object',
          properties: { a: { type: 'array', items: { type: 'string' } }, b: { type: 'boolean' } },
        },
      },
      { type: 'object', properties: { a: { array: ['string'] }, b: ['boolean'] } },
    ],
    [
      { schema: { type: 'object', additionalProperties: { type: 'integer' } } },
      { type: 'object', properties: {}, additional: ['integer'] },
    ],
    [{ content: { 'application/json': { schema: { type: 'object' } } } }, { type: 'json' }],
  ])('%j', (parameter, shape) => {
    expect(parameterOf(parameter)).toMatchObject({ shape });
  });

  it('have the style and the explode of their part, and headers are in lower case', () => {
    expect(parameterOf({})).toMatchObject({ part: 'query', style: 'form', explode: true, required: false });
    expect(parameterOf({ style: 'pipeDelimited', schema: { type: 'array' }, allowReserved: true })).toMatchObject({
      style: 'pipeDelimited',
      explode: false,
      allowReserved: true,
    });
    expect(parameterOf({ in: 'header', name: 'X-Trace', required: true })).toMatchObject({
      name: 'x-trace',
      part: 'headers',
      style: 'simple',
      explode: false,
      required: true,
    });
    expect(parameterOf({ in: 'cookie' })).toMatchObject({ part: 'cookies', style: 'form' });
    expect(operationOf({ parameters: [{ name: 'Accept', in: 'header' }] }).parameters).toEqual([]);
  });

  it('of the path stand behind those of the operation', () => {
    const shared = [
      { name: 'a', in: 'query', schema: { type: 'string' } },
      { name: 'b', in: 'query', schema: { type: 'string' } },
    ];
    const own = [{ name: 'a', in: 'query', schema: { type: 'integer' } }];
    const [operation] = modelOf(
      contract({ '/a': { parameters: shared, get: { operationId: 'a', parameters: own, responses } } }),
    ).operations;

    expect(operation?.parameters.map(({ name, schema }) => [name, schema])).toEqual([
      ['a', { type: 'integer' }],
      ['b', { type: 'string' }],
    ]);
  });

  it('that the contract does not name are allowed where it says so', () => {
    const free = { name: 'all', in: 'query', schema: { type: 'object', additionalProperties: true } };
    const closed = { name: 'all', in: 'query', schema: { type: 'object', properties: { a: {} } } };

    expect(operationOf({}).allowsOtherQuery).toBe(false);
    expect(operationOf({ parameters: [free] }).allowsOtherQuery).toBe(true);
    expect(operationOf({ parameters: [closed] }).allowsOtherQuery).toBe(false);
    expect(operationOf({ 'x-additional-query-parameters': true }).allowsOtherQuery).toBe(true);
    expect(operationOf({}, {}, { 'x-additional-query-parameters': true }).allowsOtherQuery).toBe(true);
    const both = operationOf({ 'x-additional-query-parameters': false }, {}, { 'x-additional-query-parameters': true });
    expect(both.allowsOtherQuery).toBe(false);
  });
});

describe('bodies', () => {
  it.each([
    ['application/json', 'json'],
    ['application/problem+json; charset=utf-8', 'json'],
    ['application/x-www-form-urlencoded', 'form'],
    ['multipart/form-data', 'multipart'],
    ['text/csv', 'text'],
    ['text/event-stream', 'events'],
    ['application/xml', 'binary'],
    ['image/*', 'binary'],
  ])('%s is %s', (mediaType, kind) => {
    const content = { [mediaType]: { schema: { type: 'object' } } };
    const [read] = operationOf({ requestBody: { content } }).body!.contents;
    expect(read).toMatchObject({ mediaType: mediaType.split(';')[0], kind });
  });

  it('of forms have fields', () => {
    const schema = {
      type: 'object',
      properties: {
        title: { type: 'string' },
        count: { type: ['integer', 'null'] },
        tags: { type: 'array', items: { type: 'string' } },
        meta: { type: 'object' },
        file: { type: 'string', format: 'binary' },
        picture: { type: 'string', contentMediaType: 'image/png' },
        files: { type: 'array', items: { type: 'string', format: 'binary' } },
        raw: {},
        list: { type: 'array', items: { type: 'integer' } },
      },
    };
    const encoding = { list: { contentType: 'application/json' }, raw: { contentType: 'application/octet-stream' } };
    const [content] = operationOf({ requestBody: { content: { 'multipart/form-data': { schema, encoding } } } }).body!
      .contents;

    expect(content?.fields).toEqual({
      title: { type: 'scalar', scalars: ['string'] },
      count: { type: 'scalar', scalars: ['null', 'integer'] },
      tags: { type: 'array', items: ['string'] },
      meta: { type: 'json' },
      file: { type: 'file', many: false },
      picture: { type: 'file', many: false },
      files: { type: 'file', many: true },
      raw: { type: 'file', many: false },
      list: { type: 'json' },
    });
  });
});

describe('responses', () => {
  it('have statuses, ranges and a default, and headers in lower case', () => {
    const { responses: read } = operationOf({
      responses: {
        '200': {
          description: 'Fine',
          headers: { ETag: { required: true, schema: { type: 'string' } }, 'Content-Type': {} },
        },
        '4xx': { description: 'Your fault' },
        default: { description: 'Else' },
      },
    });

    expect([...read.keys()]).toEqual(['200', '4XX', 'default']);
    expect(read.get('200')?.headers).toEqual([{ name: 'etag', required: true, schema: { type: 'string' } }]);
  });
});

describe('operations', () => {
  it('are deprecated, since a day or simply so', () => {
    expect(operationOf({}).deprecated).toBeUndefined();
    expect(operationOf({ deprecated: true }).deprecated).toBe(true);
    expect(operationOf({ deprecated: true, 'x-deprecated-since': '2026-01-31' }).deprecated).toBe('2026-01-31');
    expect(operationOf({ deprecated: true, 'x-sunset': '2027-01-31' }).sunset).toBe('2027-01-31');
  });

  it('go from page to page', () => {
    const page = {
      type: 'object',
      properties: {
        next: { type: ['string', 'null'] },
        data: { type: 'object', properties: { items: { $ref: '#/components/schemas/Todos' } } },
      },
    };
    const schemas = {
      Page: page,
      Todos: { type: 'array', items: { $ref: '#/components/schemas/Todo' } },
      Todo: { type: 'object' },
    };
    const read = operationOf(
      {
        parameters: [{ name: 'cursor', in: 'query', schema: { type: 'string' } }],
        'x-pagination': { parameter: 'cursor', next: '/next', items: '/data/items' },
        responses: {
          200: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Page' } } } },
        },
      },
      { schemas },
    );

    expect(read.pagination).toEqual({
      parameter: 'cursor',
      next: '/next',
      items: '/data/items',
      itemSchema: { $ref: '#/components/schemas/Todo' },
    });
  });

  it('have names that are identifiers', () => {
    const names = ['listTodos', 'list-todos-2', 'todos/list-by-owner', 'GET_all', '3d models'].map(
      (operationId) => operationOf({ operationId }).operationId,
    );
    expect(names).toEqual(['listTodos', 'listTodos2', 'todosListByOwner', 'GET_all', 'call3dModels']);
  });
});

describe('schemas', () => {
  it('have names that are identifiers, each of them once', () => {
    const schemas = { todo: {}, Todo: {}, 'todo-item': {}, '2fa': {}, 'Ünïcode.name': {} };
    const { schemas: named } = modelOf(contract({}, { schemas }));
    expect([...named.keys()]).toEqual(['Todo', 'Todo2', 'TodoItem', 'Type2fa', 'ÜnïcodeName']);
  });

  it('lose what says nothing about values', () => {
    const schemas = {
      Todo: {
        type: 'string',
        format: 'decimal',
        example: '1',
        examples: ['1'],
        xml: {},
        'x-order': 1,
        pattern: '^\\@[a-z\\-]{2}$',
        title: 'T',
      },
    };
    expect(modelOf(contract({}, { schemas })).schemas.get('Todo')).toEqual({
      type: 'string',
      pattern: '^@[a-z\\-]{2}$',
      title: 'T',
    });
  });

  it('have complete mappings of discriminators', () => {
    const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
    const kind = (value?: string): object => ({
      type: 'object',
      properties: { kind: value ? { const: value } : { type: 'string' } },
    });
    const schemas = {
      cat: kind('the-cat'),
      dog: kind(),
      bird: kind(),
      Pet: {
        oneOf: [ref('cat'), ref('dog'), ref('bird')],
        discriminator: { propertyName: 'kind', mapping: { tweet: 'bird', chirp: '#/components/schemas/bird' } },
      },
    };
    expect(modelOf(contract({}, { schemas })).schemas.get('Pet')).toMatchObject({
      discriminator: {
        propertyName: 'kind',
        mapping: {
          'the-cat': '#/components/schemas/Cat',
          dog: '#/components/schemas/Dog',
          tweet: '#/components/schemas/Bird',
          chirp: '#/components/schemas/Bird',
        },
      },
    });
  });
});
