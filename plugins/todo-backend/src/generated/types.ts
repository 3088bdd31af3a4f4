// Generated from openapi.yaml, do not edit: npm run generate
import type { Credentials, ServicePrincipal, UserPrincipal } from '@bulkhead/backend-plugin-api';
import type { Handler, ResponseHeaders } from '@bulkhead/openapi/server';

export interface Todo {
  readonly id: string;
  readonly title: Title;
  readonly done: boolean;
  /** Counts the changes. In double quotes it is the ETag. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewTodo {
  readonly title: Title;
  /** Default: `false`. */
  readonly done: boolean;
}

export interface TodoChanges {
  readonly title?: Title;
  readonly done?: boolean;
}

export interface TodoPage {
  readonly items: readonly Todo[];
  /** Asks for the next page; absent on the last. */
  readonly nextCursor?: string;
}

export interface Summary {
  /** Todos that were not done when that time ended. */
  readonly open: number;
  /** Todos that were. */
  readonly done: number;
  /** Todos made in the time in question. */
  readonly created: number;
  /** Todos done in the time in question that still are. */
  readonly completed: number;
  /** Of what was open, the newest. */
  readonly titles: readonly Title[];
  /** When this was true. Of two summaries the later one says what is newer. */
  readonly countedAt: string;
}

export interface OwnerSummary {
  /** Entity ref of a user, or subject of a service. */
  readonly owner: string;
  readonly summary: Summary;
}

export interface SummaryPage {
  readonly items: readonly OwnerSummary[];
  /** Asks for the next page; absent on the last. */
  readonly nextCursor?: string;
}

/** Of a year that PostgreSQL knows, which begins to count at 1, and without leap seconds. */
export type Moment = string;

/** Not blank. What PostgreSQL cannot store (NUL, half of a surrogate pair) is refused. */
export type Title = string;

export interface Error {
  readonly error: {
    readonly name: string;
    readonly message: string;
    readonly code: string;
    readonly hint?: string;
    readonly violations?: readonly {
      readonly pointer: string;
      readonly message: string;
    }[];
    readonly cause?: {
      readonly [key: string]: unknown;
    };
  };
  readonly request?: {
    readonly method?: string;
    readonly url?: string;
  };
  readonly response: {
    readonly statusCode: number;
  };
  readonly requestId?: string;
}

/** What `listTodos` takes. */
export interface ListTodosRequest {
  readonly query: {
    /** How many todos to return at most; by default as many as the configuration says (`todo.pageSize`). */
    readonly limit?: number;
    /** The `nextCursor` of the page before. Repeat the other parameters along with it. */
    readonly cursor?: string;
    readonly done?: boolean;
    /** Part of the title, in any case. */
    readonly text?: string;
    /** Only todos created then or later. */
    readonly createdSince?: Moment;
    /** Only todos created earlier. */
    readonly createdBefore?: Moment;
  };
}

/** What `listTodos` may answer. */
export type ListTodosResponse =
  | { readonly status: 200; readonly headers?: ResponseHeaders; readonly body: TodoPage }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `createTodo` takes. */
export interface CreateTodoRequest {
  readonly body: NewTodo;
}

/** What `createTodo` may answer. */
export type CreateTodoResponse =
  | {
      readonly status: 201;
      readonly headers: {
        /** The version of the todo in double quotes. */
        readonly etag: string;
        /** The path of the new todo. */
        readonly location: string;
      } & ResponseHeaders;
      readonly body: Todo;
    }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 415; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `getTodo` takes. */
export interface GetTodoRequest {
  readonly path: {
    readonly id: string;
  };
  readonly headers: {
    /** ETags of what the client has already. */
    readonly 'if-none-match'?: string;
  };
}

/** What `getTodo` may answer. */
export type GetTodoResponse =
  | {
      readonly status: 200;
      readonly headers: {
        /** The version of the todo in double quotes. */
        readonly etag: string;
      } & ResponseHeaders;
      readonly body: Todo;
    }
  | {
      readonly status: 304;
      readonly headers: {
        /** The version of the todo in double quotes. */
        readonly etag: string;
      } & ResponseHeaders;
      readonly body?: undefined;
    }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 404; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `replaceTodo` takes. */
export interface ReplaceTodoRequest {
  readonly path: {
    readonly id: string;
  };
  readonly headers: {
    /** The ETag of the todo that the change is meant for, or `*` for whatever there is. Without the header the answer is 428, with another ETag 412. */
    readonly 'if-match'?: string;
  };
  readonly body: NewTodo;
}

/** What `replaceTodo` may answer. */
export type ReplaceTodoResponse =
  | {
      readonly status: 200;
      readonly headers: {
        /** The version of the todo in double quotes. */
        readonly etag: string;
      } & ResponseHeaders;
      readonly body: Todo;
    }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 404; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 412; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 415; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 428; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `updateTodo` takes. */
export interface UpdateTodoRequest {
  readonly path: {
    readonly id: string;
  };
  readonly headers: {
    /** The ETag of the todo that the change is meant for, or `*` for whatever there is. Without the header the answer is 428, with another ETag 412. */
    readonly 'if-match'?: string;
  };
  readonly body: TodoChanges;
}

/** What `updateTodo` may answer. */
export type UpdateTodoResponse =
  | {
      readonly status: 200;
      readonly headers: {
        /** The version of the todo in double quotes. */
        readonly etag: string;
      } & ResponseHeaders;
      readonly body: Todo;
    }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 404; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 412; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 415; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 428; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `deleteTodo` takes. */
export interface DeleteTodoRequest {
  readonly path: {
    readonly id: string;
  };
  readonly headers: {
    /** The ETag of the todo that the change is meant for, or `*` for whatever there is. Without the header the answer is 428, with another ETag 412. */
    readonly 'if-match'?: string;
  };
}

/** What `deleteTodo` may answer. */
export type DeleteTodoResponse =
  | { readonly status: 204; readonly headers?: ResponseHeaders; readonly body?: undefined }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 404; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 412; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 428; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `summarizeTodos` takes. */
export interface SummarizeTodosRequest {
  readonly query: {
    /** Where the time begins for which `created` and `completed` are counted. */
    readonly since: Moment;
    /** Where that time ends, exclusively. If that is yet to come, it ends now. */
    readonly before: Moment;
  };
}

/** What `summarizeTodos` may answer. */
export type SummarizeTodosResponse =
  | { readonly status: 200; readonly headers?: ResponseHeaders; readonly body: Summary }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `listSummaries` takes. */
export interface ListSummariesRequest {
  readonly query: {
    /** Where the time begins for which `created` and `completed` are counted. */
    readonly since: Moment;
    /** Where that time ends, exclusively. If that is yet to come, it ends now. */
    readonly before: Moment;
    /** How many owners to return at most. */
    readonly limit: number;
    /** The `nextCursor` of the page before. Repeat the other parameters along with it. */
    readonly cursor?: string;
  };
}

/** What `listSummaries` may answer. */
export type ListSummariesResponse =
  | { readonly status: 200; readonly headers?: ResponseHeaders; readonly body: SummaryPage }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 403; readonly headers?: ResponseHeaders; readonly body: Error };

/** Serves the operations of the contract. */
export interface TodoHandlers {
  /**
   * List todos
   *
   * The newest first. Todos that are made while a client pages through the list do not shift its pages.
   */
  readonly listTodos: Handler<ListTodosRequest, ListTodosResponse, Credentials<UserPrincipal | ServicePrincipal>>;

  /** Make a todo */
  readonly createTodo: Handler<CreateTodoRequest, CreateTodoResponse, Credentials<UserPrincipal | ServicePrincipal>>;

  /** Read a todo */
  readonly getTodo: Handler<GetTodoRequest, GetTodoResponse, Credentials<UserPrincipal | ServicePrincipal>>;

  /** Replace a todo */
  readonly replaceTodo: Handler<ReplaceTodoRequest, ReplaceTodoResponse, Credentials<UserPrincipal | ServicePrincipal>>;

  /** Change part of a todo */
  readonly updateTodo: Handler<UpdateTodoRequest, UpdateTodoResponse, Credentials<UserPrincipal | ServicePrincipal>>;

  /** Delete a todo */
  readonly deleteTodo: Handler<DeleteTodoRequest, DeleteTodoResponse, Credentials<UserPrincipal | ServicePrincipal>>;

  /** Count the caller's todos */
  readonly summarizeTodos: Handler<
    SummarizeTodosRequest,
    SummarizeTodosResponse,
    Credentials<UserPrincipal | ServicePrincipal>
  >;

  /**
   * Count everybody's todos
   *
   * For other plugins only, which have work to do that no user asks for: neither users nor callers from outside may see this. Owners follow each other by name. Those are left out who had nothing open and for whom nothing happened in the time in question.
   */
  readonly listSummaries: Handler<ListSummariesRequest, ListSummariesResponse, Credentials<ServicePrincipal>>;
}
