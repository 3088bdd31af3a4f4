import { describe, expect, it } from '@jest/globals';
import { contract, contractOf, modelOf, problemsOf } from './contracts.ts';

const json = (schema: object): object => ({ 'application/json': { schema } });

describe('references', () => {
  it('lead into other files, from there into further ones, and back', () => {
    const model = modelOf(
      contract(
        { '/todos/{id}': { $ref: 'paths/todo.yaml' } },
        {
          schemas: {
            Owner: { type: 'object', properties: { todos: { type: 'array', items: { $ref: 'schemas/todo.yaml' } } } },
          },
        },
      ),
      {
        'paths/todo.yaml': {
          parameters: [{ $ref: '../common.yaml#/components/parameters/Id' }],
          get: {
            operationId: 'getTodo',
            responses: { 200: { $ref: '../common.yaml#/components/responses/Todo' } },
          },
        },
        'common.yaml': {
          components: {
            parameters: { Id: { name: 'id', in: 'path', required: true, schema: { $ref: '#/components/schemas/Id' } } },
            responses: { Todo: { description: 'The todo', content: json({ $ref: 'schemas/todo.yaml' }) } },
            schemas: { Id: { type: 'string', format: 'uuid' } },
          },
        },
        'schemas/todo.yaml': {
          type: 'object',
          properties: {
            owner: { $ref: '../openapi.yaml#/components/schemas/Owner' },
            parent: { $ref: '#' },
            title: { $ref: '#/$defs/title' },
          },
          $defs: { title: { type: 'string', maxLength: 500 } },
        },
      },
    );

    expect([...model.schemas.keys()].sort()).toEqual(['Id', 'Owner', 'Title', 'Todo']);
    expect(model.schemas.get('Todo')).toEqual({
      type: 'object',
      properties: {
        owner: { $ref: '#/components/schemas/Owner' },
        parent: { $ref: '#/components/schemas/Todo' },
        title: { $ref: '#/components/schemas/Title' },
      },
    });
    expect(model.operations[0]).toMatchObject({
      operationId: 'getTodo',
      path: '/todos/{id}',
      parameters: [{ name: 'id', schema: { $ref: '#/components/schemas/Id' } }],
    });
    expect(JSON.stringify(model.document)).not.toContain('.yaml');
    expect(model.document).toMatchObject({
      paths: { '/todos/{id}': { get: { responses: { 200: { $ref: '#/components/responses/Todo' } } } } },
      components: {
        parameters: { Id: { name: 'id' } },
        schemas: { todo: { type: 'object' }, title: { maxLength: 500 } },
      },
    });
  });

  it('may have neighbours, lead into the middle of schemas, and to anchors', () => {
    const model = modelOf(
      contractOf(
        { $ref: '#/components/schemas/Todo/properties/title', description: 'What is to be done.', maxLength: 5 },
        {
          Todo: { type: 'object', properties: { title: { type: 'string' }, owner: { $ref: '#owner' } } },
          Person: { $anchor: 'owner', type: 'object' },
        },
      ),
    );

    expect(model.schemas.get('TodoTitle')).toEqual({ type: 'string' });
    expect(model.operations[0]?.body?.contents[0]?.schema).toEqual({
      $ref: '#/components/schemas/TodoTitle',
      description: 'What is to be done.',
      maxLength: 5,
    });
    expect(model.schemas.get('Todo')).toMatchObject({ properties: { owner: { $ref: '#/components/schemas/Person' } } });
  });

  it('say in which file something is wrong', () => {
    const problems = problemsOf(contractOf({ $ref: 'schemas/todo.yaml' }), {
      'schemas/todo.yaml': 'type: object\nproperties:\n  title:\n    type: text\n  id: { $ref: id.yaml#/Id }\n',
      'schemas/id.yaml': 'ID: { type: string }\n',
    });

    expect(problems).toMatchObject([
      { code: 'ERR_CONTRACT_REFERENCE', source: { file: 'schemas/todo.yaml', line: 5, column: 9 } },
      { code: 'ERR_CONTRACT_SCHEMA', source: { file: 'schemas/todo.yaml', line: 4, column: 5 } },
    ]);
  });
});

describe('the document', () => {
  it('has no servers, and says that a token is needed where the contract says nothing', () => {
    const { security: _, ...open } = contract({
      '/a': {
        servers: [{ url: '/x' }],
        get: { operationId: 'a', servers: [{ url: '/y' }], responses: { 204: { description: '' } } },
      },
    });
    const model = modelOf({ ...open, servers: [{ url: '/api/todo' }] });

    expect(JSON.stringify(model.document)).not.toContain('servers');
    expect(model.operations[0]?.access).toEqual({
      credentials: 'required',
      principals: ['user', 'service'],
      cookie: false,
    });
    expect(model.document).toMatchObject({
      security: [{ bearer: [] }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    });
  });

  it('is OpenAPI 3.1 where the contract is 3.0', () => {
    const model = modelOf({
      ...contractOf(
        { $ref: '#/components/schemas/Todo' },
        {
          Todo: {
            type: 'object',
            properties: {
              title: { type: 'string', nullable: true, example: 'Sleep' },
              kind: { type: 'string', nullable: true, enum: ['a', 'b'] },
              owner: { nullable: true, description: 'Who has it', allOf: [{ $ref: '#/components/schemas/Owner' }] },
              share: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: false },
              next: { $ref: '#/components/schemas/Todo', description: 'Ignored in 3.0' },
            },
          },
          Owner: { type: 'object' },
        },
      ),
      openapi: '3.0.3',
    });

    expect(model.document).toMatchObject({ openapi: '3.1.0' });
    expect(model.schemas.get('Todo')).toMatchObject({
      properties: {
        title: { type: ['string', 'null'] },
        kind: { type: ['string', 'null'], enum: ['a', 'b', null] },
        owner: {
          description: 'Who has it',
          anyOf: [{ allOf: [{ $ref: '#/components/schemas/Owner' }] }, { type: 'null' }],
        },
        share: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
        next: { $ref: '#/components/schemas/Todo' },
      },
    });
  });
});
