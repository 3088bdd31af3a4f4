// Generated from openapi.yaml, do not edit: npm run generate

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
  readonly done?: boolean;
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

/** What `listTodos` takes. */
export interface ListTodosRequest {
  readonly query?: {
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

/** What `listTodos` answers, unless it fails. */
export interface ListTodosResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: TodoPage;
}

/** What `createTodo` takes. */
export interface CreateTodoRequest {
  readonly body: NewTodo;
}

/** What `createTodo` answers, unless it fails. */
export interface CreateTodoResponse {
  readonly status: 201;
  readonly headers: {
    /** The version of the todo in double quotes. */
    readonly etag: string;
    /** The path of the new todo. */
    readonly location: string;
  } & Readonly<Record<string, string>>;
  readonly body: Todo;
}

/** What `getTodo` takes. */
export interface GetTodoRequest {
  readonly path: {
    readonly id: string;
  };
  readonly headers?: {
    /** ETags of what the client has already. */
    readonly 'if-none-match'?: string;
  };
}

/** What `getTodo` answers, unless it fails. */
export type GetTodoResponse =
  | {
      readonly status: 200;
      readonly headers: {
        /** The version of the todo in double quotes. */
        readonly etag: string;
      } & Readonly<Record<string, string>>;
      readonly body: Todo;
    }
  | {
      readonly status: 304;
      readonly headers: {
        /** The version of the todo in double quotes. */
        readonly etag: string;
      } & Readonly<Record<string, string>>;
      readonly body: undefined;
    };

/** What `replaceTodo` takes. */
export interface ReplaceTodoRequest {
  readonly path: {
    readonly id: string;
  };
  readonly headers?: {
    /** The ETag of the todo that the change is meant for, or `*` for whatever there is. Without the header the answer is 428, with another ETag 412. */
    readonly 'if-match'?: string;
  };
  readonly body: NewTodo;
}

/** What `replaceTodo` answers, unless it fails. */
export interface ReplaceTodoResponse {
  readonly status: 200;
  readonly headers: {
    /** The version of the todo in double quotes. */
    readonly etag: string;
  } & Readonly<Record<string, string>>;
  readonly body: Todo;
}

/** What `updateTodo` takes. */
export interface UpdateTodoRequest {
  readonly path: {
    readonly id: string;
  };
  readonly headers?: {
    /** The ETag of the todo that the change is meant for, or `*` for whatever there is. Without the header the answer is 428, with another ETag 412. */
    readonly 'if-match'?: string;
  };
  readonly body: TodoChanges;
}

/** What `updateTodo` answers, unless it fails. */
export interface UpdateTodoResponse {
  readonly status: 200;
  readonly headers: {
    /** The version of the todo in double quotes. */
    readonly etag: string;
  } & Readonly<Record<string, string>>;
  readonly body: Todo;
}

/** What `deleteTodo` takes. */
export interface DeleteTodoRequest {
  readonly path: {
    readonly id: string;
  };
  readonly headers?: {
    /** The ETag of the todo that the change is meant for, or `*` for whatever there is. Without the header the answer is 428, with another ETag 412. */
    readonly 'if-match'?: string;
  };
}

/** What `deleteTodo` answers, unless it fails. */
export interface DeleteTodoResponse {
  readonly status: 204;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: undefined;
}

/** What `summarizeTodos` takes. */
export interface SummarizeTodosRequest {
  readonly query: {
    /** Where the time begins for which `created` and `completed` are counted. */
    readonly since: Moment;
    /** Where that time ends, exclusively. If that is yet to come, it ends now. */
    readonly before: Moment;
  };
}

/** What `summarizeTodos` answers, unless it fails. */
export interface SummarizeTodosResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Summary;
}

/** What `listSummaries` takes. */
export interface ListSummariesRequest {
  readonly query: {
    /** Where the time begins for which `created` and `completed` are counted. */
    readonly since: Moment;
    /** Where that time ends, exclusively. If that is yet to come, it ends now. */
    readonly before: Moment;
    /** How many owners to return at most. */
    readonly limit?: number;
    /** The `nextCursor` of the page before. Repeat the other parameters along with it. */
    readonly cursor?: string;
  };
}

/** What `listSummaries` answers, unless it fails. */
export interface ListSummariesResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: SummaryPage;
}
