import type { NewTodo, TodoChanges } from '@bulkhead/plugin-todo-common';
import { invalidInput, versionRequired } from '../errors.ts';
import { parseIfMatch } from '../etag.ts';
import type { ExpectedVersion, TodoListOptions } from '../service/todo-store.ts';
import { bool, boolText, cursor, dateTime, pageSizeText, searchText, title, uuid } from './kinds.ts';
import { readObject } from './read-object.ts';

// Each function throws InputError `ERR_TODO_INVALID_INPUT`, naming every offending place.

/** The body of a request that makes or replaces a todo. */
export function readNewTodo(body: unknown): NewTodo {
  return readObject('/body', body, (properties) => ({
    title: properties.required('title', title),
    done: properties.optional('done', bool),
  }));
}

/** The body of a request that changes part of a todo. */
export function readTodoChanges(body: unknown): TodoChanges {
  const changes = readObject('/body', body, (properties) => ({
    title: properties.optional('title', title),
    done: properties.optional('done', bool),
  }));
  if (changes.title === undefined && changes.done === undefined) {
    throw invalidInput([{ pointer: '/body', fault: 'must have a title, done, or both' }]);
  }
  return changes;
}

/** The query of a request that lists todos. */
export function readListQuery(query: unknown, pageSize: number): Omit<TodoListOptions, 'owner'> {
  return readObject('/query', query, (properties) => ({
    limit: properties.optional('limit', pageSizeText) ?? pageSize,
    after: properties.optional('cursor', cursor),
    done: properties.optional('done', boolText),
    text: properties.optional('text', searchText),
    createdSince: properties.optional('createdSince', dateTime),
    createdBefore: properties.optional('createdBefore', dateTime),
  }));
}

/** The parameters of a path to a todo. */
export function readTodoId(params: unknown): string {
  return readObject('/path', params, (properties) => properties.required('id', uuid));
}

/** The `If-Match` header of a request that changes a todo. @throws PreconditionRequiredError if there is none. */
export function readExpectedVersion(ifMatch: string | undefined): ExpectedVersion {
  if (ifMatch === undefined) throw versionRequired();
  const expected = parseIfMatch(ifMatch);
  if (!expected) throw invalidInput([{ pointer: '/header/if-match', fault: 'must be * or ETags in double quotes' }]);
  return expected;
}
