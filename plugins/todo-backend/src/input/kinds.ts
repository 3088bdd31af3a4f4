import { MAX_PAGE_SIZE, MAX_TITLE_LENGTH } from '@bulkhead/plugin-todo-common';
import { decodeCursor } from '../cursor.ts';
import type { TodoPosition } from '../service/todo-store.ts';
import type { Kind } from './read-object.ts';

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A title of a todo. */
export const title: Kind<string> = {
  expectation: `must be a text of 1 to ${MAX_TITLE_LENGTH} characters that is not blank`,
  read: (value) => (isText(value) && value.trim() !== '' && [...value].length <= MAX_TITLE_LENGTH ? value : undefined),
};

/** Part of a title. */
export const searchText: Kind<string> = {
  expectation: `must be a text of 1 to ${MAX_TITLE_LENGTH} characters`,
  read: (value) => (isText(value) && value !== '' && [...value].length <= MAX_TITLE_LENGTH ? value : undefined),
};

/** A boolean in a body. */
export const bool: Kind<boolean> = {
  expectation: 'must be true or false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** A boolean in a query. */
export const boolText: Kind<boolean> = {
  expectation: 'must be true or false',
  read: (value) => (value === 'true' ? true : value === 'false' ? false : undefined),
};

/** The size of a page, in a query. */
export const pageSizeText: Kind<number> = {
  expectation: `must be an integer from 1 to ${MAX_PAGE_SIZE}`,
  read(value) {
    const size = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : 0;
    return size >= 1 && size <= MAX_PAGE_SIZE ? size : undefined;
  },
};

/** A moment. */
export const dateTime: Kind<string> = {
  expectation: 'must be a date and time like 2026-01-31T12:00:00Z (with a + written as %2B)',
  read: (value) => (typeof value === 'string' && DATE_TIME.test(value) ? toUtc(value) : undefined),
};

/** The id of a todo. */
export const uuid: Kind<string> = {
  expectation: 'must be a UUID',
  read: (value) => (typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : undefined),
};

/** A cursor. */
export const cursor: Kind<TodoPosition> = {
  expectation: 'must be the nextCursor of a page',
  read(value) {
    const position = typeof value === 'string' ? decodeCursor(value) : undefined;
    const createdAt = dateTime.read(position?.createdAt);
    const id = uuid.read(position?.id);
    return createdAt && id ? { createdAt, id } : undefined;
  },
};

/** Text that PostgreSQL can store: no NUL, no half of a surrogate pair. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !/[\0\p{Surrogate}]/u.test(value);
}

function toUtc(text: string): string | undefined {
  const date = new Date(text);
  // JavaScript takes 30 February for 1 March, and PostgreSQL knows no year 0.
  const day = text.slice(0, 10);
  const isRealDay = !Number.isNaN(date.getTime()) && new Date(day).toISOString().startsWith(day);
  return isRealDay && date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999 ? date.toISOString() : undefined;
}
