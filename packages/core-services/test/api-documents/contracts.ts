import type { HttpRoutes } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';

const BEARER = { type: 'http', scheme: 'bearer' };

/** A contract with all that has to be renamed when it stands beside others. */
export const todoContract: JsonObject = {
  openapi: '3.1.0',
  info: {
    title: 'todo',
    version: '1.2.3',
    description: 'Todos, one owner apart from another.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  security: [{ bearer: [] }],
  paths: {
    '/todos': {
      get: {
        operationId: 'listTodos',
        summary: 'List todos',
        parameters: [{ $ref: '#/components/parameters/Limit' }],
        responses: {
          '200': {
            description: 'Todos',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Todo' } } },
            },
          },
          '400': { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'createTodo',
        summary: 'Make a todo',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/NewTodo' },
              examples: { short: { $ref: '#/components/examples/Short' } },
            },
          },
        },
        responses: {
          '201': {
            description: 'The new todo',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Todo' } } },
            links: { list: { operationId: 'listTodos' } },
          },
          '400': { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/status': {
      get: {
        operationId: 'getStatus',
        summary: 'Whether the plugin is well',
        security: [],
        responses: {
          '200': { description: 'It is', content: { 'application/json': { schema: { type: 'object' } } } },
          '400': { $ref: '#/components/responses/Error' },
        },
      },
    },
  },
  components: {
    securitySchemes: { bearer: BEARER },
    parameters: {
      Limit: { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
    },
    examples: { Short: { value: { title: 'Bread' } } },
    responses: {
      Error: {
        description: 'What went wrong',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
    schemas: {
      Todo: {
        type: 'object',
        required: ['id', 'title'],
        properties: { id: { type: 'string' }, title: { $ref: '#/components/schemas/NewTodo/properties/title' } },
      },
      NewTodo: { type: 'object', required: ['title'], properties: { title: { type: 'string', minLength: 1 } } },
      Error: { type: 'object', properties: { error: { type: 'object' } } },
    },
  },
};

/** A contract with the same names as {@link todoContract}. */
export const noteContract: JsonObject = {
  openapi: '3.1.1',
  info: { title: 'note', version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
  paths: {
    '/': {
      get: {
        operationId: 'listTodos',
        summary: 'List notes',
        tags: ['reading'],
        security: [{}, { bearer: [] }],
        responses: {
          '200': {
            description: 'Notes',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Todo' } } },
          },
          '400': { description: 'What went wrong' },
        },
      },
    },
  },
  tags: [{ name: 'reading', description: 'What reads notes' }],
  components: { securitySchemes: { bearer: BEARER }, schemas: { Todo: { type: 'string' } } },
};

/** Routes with a document and nothing else: requests go on to the plugin's other handlers. */
export function routesOf(document: JsonObject): HttpRoutes {
  return { find: () => undefined, methodsAt: () => [], document: async () => document };
}
