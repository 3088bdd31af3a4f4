// Todos as a careful author would write them by hand with Express and pg: the same routes, checks, statements and answers
// as plugins/todo-backend, on its tables (SCHEMA), without a runtime. TOKENS says who may call, and as whom.
import { createHash, randomUUID } from 'node:crypto';
import express from 'express';
import pg from 'pg';
import { InputError, decodeCursor, encodeCursor, readListQuery, readNewTodo } from './input.js';

const port = Number(process.env.PORT);
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  options: `-c search_path=${process.env.SCHEMA}`,
  max: 20,
});
pool.on('error', (error) => console.error(error));

// By digest, so that the time of a look-up tells nothing about a token.
const digestOf = (token) => createHash('sha256').update(token).digest('base64');
const owners = new Map(
  Object.entries(JSON.parse(process.env.TOKENS)).map(([token, owner]) => [digestOf(token), owner]),
);

const COLUMNS = '"id", "title", "done", "version", "created_at", "updated_at"';

function toTodo(row) {
  return {
    id: row.id,
    title: row.title,
    done: row.done,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function authenticate(req, res, next) {
  const [, token] = /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
  const owner = token && owners.get(digestOf(token));
  if (!owner) return res.status(401).json({ error: 'Credentials are missing or unknown' });
  res.locals.owner = owner;
  next();
}

async function listTodos(req, res) {
  const { limit = 20, cursor, done, text, createdSince, createdBefore } = readListQuery(req.query);
  const values = [res.locals.owner];
  const conditions = ['"owner" = $1'];
  const bind = (value) => `$${values.push(value)}`;
  if (cursor !== undefined) {
    const { createdAt, id } = decodeCursor(cursor);
    conditions.push(`(created_at, id) < (${bind(createdAt)}, ${bind(id)})`);
  }
  if (done !== undefined) conditions.push(`"done" = ${bind(done)}`);
  if (text !== undefined) conditions.push(`strpos(lower(title), lower(${bind(text)})) > 0`);
  if (createdSince !== undefined) conditions.push(`"created_at" >= ${bind(createdSince)}`);
  if (createdBefore !== undefined) conditions.push(`"created_at" < ${bind(createdBefore)}`);
  const { rows } = await pool.query(
    `select ${COLUMNS} from "todos" where ${conditions.join(' and ')} order by "created_at" desc, "id" desc limit ${bind(limit + 1)}`,
    values,
  );
  const items = rows.slice(0, limit).map(toTodo);
  res.json({ items, ...(rows.length > limit && { nextCursor: encodeCursor(items.at(-1)) }) });
}

async function createTodo(req, res) {
  const { title, done = false } = readNewTodo(req.body);
  const values = [done, randomUUID(), res.locals.owner, title];
  const doneAt = done ? 'CURRENT_TIMESTAMP(3)' : `$${values.push(null)}`;
  const { rows } = await pool.query(
    `insert into "todos" ("done", "done_at", "id", "owner", "title") values ($1, ${doneAt}, $2, $3, $4) returning ${COLUMNS}`,
    values,
  );
  const todo = toTodo(rows[0]);
  res
    .status(201)
    .set({ etag: `"${todo.version}"`, location: `/api/todo/todos/${todo.id}` })
    .json(todo);
}

const app = express();
app.use('/api/todo/todos', authenticate);
app.get('/api/todo/todos', listTodos);
app.post('/api/todo/todos', express.json(), createTodo);
app.use((_req, res) => res.status(404).json({ error: 'There is no such route' }));
app.use((error, _req, res, _next) => {
  if (error instanceof InputError) return res.status(400).json({ error: error.message });
  if (error.status < 500) return res.status(error.status).json({ error: error.message });
  console.error(error);
  res.status(500).json({ error: 'Something went wrong' });
});
app.listen(port, '127.0.0.1', () => console.log('ready'));
