// Generated from openapi.yaml, do not edit: npm run generate
import type { HttpRoutes } from '@bulkhead/backend-plugin-api';
import { createRoutes, type ServedOperation } from '@bulkhead/openapi/server';
import type { TodoHandlers } from './types.ts';
import * as validators from './validators.ts';

const operations: readonly ServedOperation[] = [
  {
    operationId: 'listTodos',
    method: 'GET',
    path: '/todos',
    parameters: [
      {
        name: 'limit',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['integer'] },
      },
      {
        name: 'cursor',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'done',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['boolean'] },
      },
      {
        name: 'text',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'createdSince',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'createdBefore',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.listTodosParameters,
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseTodoPage }] },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'createTodo',
    method: 'POST',
    path: '/todos',
    parameters: [],
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    body: {
      required: true,
      contents: [{ mediaType: 'application/json', kind: 'json', check: validators.requestNewTodo }],
    },
    responses: {
      '201': {
        contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseTodo }],
        checkHeaders: validators.createTodo201Headers,
      },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '415': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'getTodo',
    method: 'GET',
    path: '/todos/{id}',
    parameters: [
      {
        name: 'id',
        part: 'path',
        style: 'simple',
        explode: false,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'if-none-match',
        part: 'headers',
        style: 'simple',
        explode: false,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.getTodoParameters,
    responses: {
      '200': {
        contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseTodo }],
        checkHeaders: validators.getTodo200Headers,
      },
      '304': { contents: [], checkHeaders: validators.getTodo304Headers },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '404': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'replaceTodo',
    method: 'PUT',
    path: '/todos/{id}',
    parameters: [
      {
        name: 'id',
        part: 'path',
        style: 'simple',
        explode: false,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'if-match',
        part: 'headers',
        style: 'simple',
        explode: false,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.replaceTodoParameters,
    body: {
      required: true,
      contents: [{ mediaType: 'application/json', kind: 'json', check: validators.requestNewTodo }],
    },
    responses: {
      '200': {
        contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseTodo }],
        checkHeaders: validators.replaceTodo200Headers,
      },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '404': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '412': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '415': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '428': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'updateTodo',
    method: 'PATCH',
    path: '/todos/{id}',
    parameters: [
      {
        name: 'id',
        part: 'path',
        style: 'simple',
        explode: false,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'if-match',
        part: 'headers',
        style: 'simple',
        explode: false,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.updateTodoParameters,
    body: {
      required: true,
      contents: [{ mediaType: 'application/json', kind: 'json', check: validators.requestTodoChanges }],
    },
    responses: {
      '200': {
        contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseTodo }],
        checkHeaders: validators.updateTodo200Headers,
      },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '404': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '412': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '415': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '428': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'deleteTodo',
    method: 'DELETE',
    path: '/todos/{id}',
    parameters: [
      {
        name: 'id',
        part: 'path',
        style: 'simple',
        explode: false,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'if-match',
        part: 'headers',
        style: 'simple',
        explode: false,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.deleteTodoParameters,
    responses: {
      '204': { contents: [] },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '404': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '412': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '428': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'summarizeTodos',
    method: 'GET',
    path: '/summary',
    parameters: [
      {
        name: 'since',
        part: 'query',
        style: 'form',
        explode: true,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'before',
        part: 'query',
        style: 'form',
        explode: true,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.summarizeTodosParameters,
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseSummary }] },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'listSummaries',
    method: 'GET',
    path: '/summaries',
    parameters: [
      {
        name: 'since',
        part: 'query',
        style: 'form',
        explode: true,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'before',
        part: 'query',
        style: 'form',
        explode: true,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'limit',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['integer'] },
      },
      {
        name: 'cursor',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    access: { credentials: 'required', principals: ['service'], cookie: false },
    checkParameters: validators.listSummariesParameters,
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseSummaryPage }] },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '403': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
];

/**
 * The routes of the contract, for `httpRouter.serve`.
 *
 * @param handlers - serve the operations: one function for each of them, or an object with such methods
 */
export function createTodoRoutes(handlers: TodoHandlers): HttpRoutes {
  return createRoutes({ operations, document: async () => (await import('./document.ts')).document }, handlers);
}
