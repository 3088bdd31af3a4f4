/** Something that somebody means to do. */
export interface Todo {
  /** A UUID. */
  readonly id: string;
  readonly title: string;
  readonly done: boolean;
  /** Counts the changes, from 1. In double quotes it is the todo's ETag. */
  readonly version: number;
  /** ISO 8601 in UTC, to the millisecond. */
  readonly createdAt: string;
  /** ISO 8601 in UTC, to the millisecond. */
  readonly updatedAt: string;
}

/** What a todo is made of, or replaced by. */
export interface NewTodo {
  /** 1 to {@link MAX_TITLE_LENGTH} characters. */
  readonly title: string;
  /** Defaults to `false`. */
  readonly done?: boolean;
}

/** What is to change about a todo; at least one property. */
export type TodoChanges = Partial<NewTodo>;

/** Which todos to list. Conditions add up. */
export interface TodoFilter {
  readonly done?: boolean;
  /** Part of the title, in any case. */
  readonly text?: string;
  /** ISO 8601; todos created then or later. */
  readonly createdSince?: string;
  /** ISO 8601; todos created earlier. */
  readonly createdBefore?: string;
}

/** A page of todos, the newest first. */
export interface TodoPage {
  readonly items: readonly Todo[];
  /** Asks for the page after this one; absent on the last page. */
  readonly nextCursor?: string;
}

/** Characters in a title, at most. */
export const MAX_TITLE_LENGTH = 500;

/** Todos on a page, at most. */
export const MAX_PAGE_SIZE = 100;
