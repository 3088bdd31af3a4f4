// Generated from openapi.yaml, do not edit: npm run generate
import { type CallOptions, type CalledOperation, type ClientClass, createClientClass } from '@bulkhead/openapi/client';
import type {
  CreateTodoRequest,
  CreateTodoResponse,
  DeleteTodoRequest,
  DeleteTodoResponse,
  GetTodoRequest,
  GetTodoResponse,
  ListSummariesRequest,
  ListSummariesResponse,
  ListTodosRequest,
  ListTodosResponse,
  OwnerSummary,
  ReplaceTodoRequest,
  ReplaceTodoResponse,
  SummarizeTodosRequest,
  SummarizeTodosResponse,
  Summary,
  SummaryPage,
  Todo,
  TodoPage,
  UpdateTodoRequest,
  UpdateTodoResponse,
} from './types.ts';

/** The operations of the contract, each of them giving its response with status and headers. */
export interface TodoResponses {
  /**
   * List todos
   *
   * The newest first. Todos that are made while a client pages through the list do not shift its pages.
   */
  listTodos(request?: ListTodosRequest, options?: CallOptions): Promise<ListTodosResponse>;

  /** Make a todo */
  createTodo(request: CreateTodoRequest, options?: CallOptions): Promise<CreateTodoResponse>;

  /** Read a todo */
  getTodo(request: GetTodoRequest, options?: CallOptions): Promise<GetTodoResponse>;

  /** Replace a todo */
  replaceTodo(request: ReplaceTodoRequest, options?: CallOptions): Promise<ReplaceTodoResponse>;

  /** Change part of a todo */
  updateTodo(request: UpdateTodoRequest, options?: CallOptions): Promise<UpdateTodoResponse>;

  /** Delete a todo */
  deleteTodo(request: DeleteTodoRequest, options?: CallOptions): Promise<DeleteTodoResponse>;

  /** Count the caller's todos */
  summarizeTodos(request: SummarizeTodosRequest, options?: CallOptions): Promise<SummarizeTodosResponse>;

  /**
   * Count everybody's todos
   *
   * For other plugins only, which have work to do that no user asks for: neither users nor callers from outside may see this. Owners follow each other by name. Those are left out who had nothing open and for whom nothing happened in the time in question.
   */
  listSummaries(request: ListSummariesRequest, options?: CallOptions): Promise<ListSummariesResponse>;
}

/** Calls the operations of the contract. */
export interface TodoClient {
  /** The same operations, giving responses with status and headers in place of bodies. */
  readonly responses: TodoResponses;

  /**
   * List todos
   *
   * The newest first. Todos that are made while a client pages through the list do not shift its pages.
   */
  listTodos(request?: ListTodosRequest, options?: CallOptions): Promise<TodoPage>;

  /** The items of all pages of `listTodos`, asked for as they are taken. */
  paginateListTodos(request?: ListTodosRequest, options?: CallOptions): AsyncIterableIterator<Todo>;

  /** Make a todo */
  createTodo(request: CreateTodoRequest, options?: CallOptions): Promise<Todo>;

  /** Read a todo */
  getTodo(request: GetTodoRequest, options?: CallOptions): Promise<Todo>;

  /** Replace a todo */
  replaceTodo(request: ReplaceTodoRequest, options?: CallOptions): Promise<Todo>;

  /** Change part of a todo */
  updateTodo(request: UpdateTodoRequest, options?: CallOptions): Promise<Todo>;

  /** Delete a todo */
  deleteTodo(request: DeleteTodoRequest, options?: CallOptions): Promise<void>;

  /** Count the caller's todos */
  summarizeTodos(request: SummarizeTodosRequest, options?: CallOptions): Promise<Summary>;

  /**
   * Count everybody's todos
   *
   * For other plugins only, which have work to do that no user asks for: neither users nor callers from outside may see this. Owners follow each other by name. Those are left out who had nothing open and for whom nothing happened in the time in question.
   */
  listSummaries(request: ListSummariesRequest, options?: CallOptions): Promise<SummaryPage>;

  /** The items of all pages of `listSummaries`, asked for as they are taken. */
  paginateListSummaries(request: ListSummariesRequest, options?: CallOptions): AsyncIterableIterator<OwnerSummary>;
}

const operations: readonly CalledOperation[] = [
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
    responses: {
      '200': [{ mediaType: 'application/json', kind: 'json' }],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
    },
    pagination: { parameter: 'cursor', next: '/nextCursor', items: '/items' },
  },
  {
    operationId: 'createTodo',
    method: 'POST',
    path: '/todos',
    parameters: [],
    body: { required: true, contents: [{ mediaType: 'application/json', kind: 'json' }] },
    responses: {
      '201': [{ mediaType: 'application/json', kind: 'json' }],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
      '415': [{ mediaType: 'application/json', kind: 'json' }],
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
    responses: {
      '200': [{ mediaType: 'application/json', kind: 'json' }],
      '304': [],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
      '404': [{ mediaType: 'application/json', kind: 'json' }],
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
    body: { required: true, contents: [{ mediaType: 'application/json', kind: 'json' }] },
    responses: {
      '200': [{ mediaType: 'application/json', kind: 'json' }],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
      '404': [{ mediaType: 'application/json', kind: 'json' }],
      '412': [{ mediaType: 'application/json', kind: 'json' }],
      '415': [{ mediaType: 'application/json', kind: 'json' }],
      '428': [{ mediaType: 'application/json', kind: 'json' }],
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
    body: { required: true, contents: [{ mediaType: 'application/json', kind: 'json' }] },
    responses: {
      '200': [{ mediaType: 'application/json', kind: 'json' }],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
      '404': [{ mediaType: 'application/json', kind: 'json' }],
      '412': [{ mediaType: 'application/json', kind: 'json' }],
      '415': [{ mediaType: 'application/json', kind: 'json' }],
      '428': [{ mediaType: 'application/json', kind: 'json' }],
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
    responses: {
      '204': [],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
      '404': [{ mediaType: 'application/json', kind: 'json' }],
      '412': [{ mediaType: 'application/json', kind: 'json' }],
      '428': [{ mediaType: 'application/json', kind: 'json' }],
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
    responses: {
      '200': [{ mediaType: 'application/json', kind: 'json' }],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
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
    responses: {
      '200': [{ mediaType: 'application/json', kind: 'json' }],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
      '403': [{ mediaType: 'application/json', kind: 'json' }],
    },
    pagination: { parameter: 'cursor', next: '/nextCursor', items: '/items' },
  },
];

/** Makes clients: `new TodoClient(connection)`. */
export const TodoClient: ClientClass<TodoClient> = createClientClass<TodoClient>('TodoClient', operations);
