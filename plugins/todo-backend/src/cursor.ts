import type { TodoPosition } from './service/todo-store.ts';

/** A position as clients see it: a text that they hand back as it is. */
export function encodeCursor({ createdAt, id }: TodoPosition): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

/** What a cursor may stand for, not yet checked: clients can send anything. */
export function decodeCursor(cursor: string): Partial<TodoPosition> {
  const [createdAt, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  return { createdAt, id };
}
