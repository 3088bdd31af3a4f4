// What callers may send, by the contract of plugins/todo-backend.

const MOMENT = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const TITLE = /^(?=[^]*[^\s\u0000])[^\u0000\p{Cs}]*$/u; // eslint-disable-line no-control-regex -- PostgreSQL stores no NUL
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The caller's fault. */
export class InputError extends Error {}

/** A position as clients see it. */
export function encodeCursor({ createdAt, id }) {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

/** The position behind a cursor. */
export function decodeCursor(cursor) {
  const [createdAt, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  demand(MOMENT.test(createdAt) && UUID.test(id) && rest.length === 0, 'cursor must be the nextCursor of a page');
  return { createdAt, id };
}

/** The parameters of a list. */
export function readListQuery({ limit, cursor, done, text, createdSince, createdBefore }) {
  for (const [name, value] of Object.entries({ limit, cursor, done, text, createdSince, createdBefore })) {
    demand(value === undefined || typeof value === 'string', `${name} must be given once`);
  }
  demand(limit === undefined || (/^\d{1,3}$/.test(limit) && limit >= 1 && limit <= 100), 'limit must be 1 to 100');
  demand(done === undefined || done === 'true' || done === 'false', 'done must be true or false');
  demand(text === undefined || (text.length >= 1 && text.length <= 500), 'text must have 1 to 500 characters');
  return {
    limit: limit === undefined ? undefined : Number(limit),
    cursor,
    done: done === undefined ? undefined : done === 'true',
    text,
    createdSince: readMoment('createdSince', createdSince),
    createdBefore: readMoment('createdBefore', createdBefore),
  };
}

/** The body of a new todo. */
export function readNewTodo(body) {
  demand(typeof body === 'object' && body !== null && !Array.isArray(body), 'the body must be a JSON object');
  for (const name of Object.keys(body)) demand(name === 'title' || name === 'done', `${name} is unknown`);
  const { title, done } = body;
  demand(typeof title === 'string' && title.length <= 1000 && TITLE.test(title), 'title must be a text');
  demand([...title].length <= 500, 'title must have 500 characters at most');
  demand(done === undefined || typeof done === 'boolean', 'done must be true or false');
  return { title, done };
}

function readMoment(name, text) {
  if (text === undefined) return undefined;
  const date = new Date(text);
  demand(MOMENT.test(text) && !Number.isNaN(date.getTime()), `${name} must be a moment`);
  return date;
}

function demand(condition, message) {
  if (!condition) throw new InputError(message);
}
