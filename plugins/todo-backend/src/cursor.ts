import { invalidCursor } from './errors.ts';
import type { TodoPosition } from './service/todo-store.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A position as clients see it: a text that they hand back as it is. */
export function encodeCursor({ createdAt, id }: TodoPosition): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

/** The position behind a cursor. @throws InputError `ERR_TODO_CURSOR`: clients can send anything */
export function decodeCursor(cursor: string): TodoPosition {
  const [createdAt = '', id = '', ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!isMoment(createdAt) || !UUID.test(id) || rest.length > 0) {
    throw invalidCursor();
  }
  return { createdAt, id };
}

/** Whether a text is what `toISOString` gives, of a year that PostgreSQL knows. */
function isMoment(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString() === text && /^(?!0000)\d{4}-/.test(text);
}
