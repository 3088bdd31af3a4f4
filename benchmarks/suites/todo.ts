import type { HostProcess } from '../src/host-process.ts';
import { measureLoad, type LoadRequest } from '../src/load.ts';
import { startPostgres } from '../src/postgres.ts';
import { figuresOf } from '../src/statistics.ts';
import type { Contestants, Goal, Row, Suite } from '../src/suite.ts';

const ROUNDS = 5;
const SECONDS = 3;

/** Who reads a fixed number of todos, and who writes ever more of them. */
const TOKENS = { 'token-of-reader': 'reader', 'token-of-writer': 'writer' };
const TODOS = 100;

const PATH = '/api/todo/todos';
const DATABASE = 'todos';

const LIST: LoadRequest = { path: PATH, headers: { authorization: 'Bearer token-of-reader' } };
const CREATE: LoadRequest = {
  path: PATH,
  method: 'POST',
  headers: { authorization: 'Bearer token-of-writer', 'content-type': 'application/json' },
  body: JSON.stringify({ title: 'Buy milk and eggs, then go home' }),
};

const GOALS: readonly Goal[] = [{ beside: 'express + pg', atLeast: 0.8 }];

/**
 * The sample plugin on PostgreSQL, through everything that a host does by default, beside a program written by hand that
 * checks the same tokens and input, sends the same statements to the same tables, and gives the same answers, without
 * security headers, request ids, access lines and metrics.
 */
export const todo: Suite = {
  name: 'todo',
  question: 'How many todos does a host list and create in PostgreSQL? Beside Express and pg by hand.',
  peers: ['express + pg'],
  installs: ['express-pg'],
  async run(bench): Promise<readonly Row[]> {
    await using postgres = await startPostgres();
    const databaseUrl = await postgres.createDatabase(DATABASE);
    const env = { TOKENS: JSON.stringify(TOKENS), SCHEMA: `${DATABASE}_plugin_todo`, LOG_LEVEL: 'info' };
    // The first one makes the tables.
    await using started = await bench.startHosts({
      bulkhead: { file: 'hosts/bulkhead/todos.js', databaseUrl, env },
      'express + pg': { file: 'hosts/express-pg/todos.js', databaseUrl, env },
    });
    const { hosts } = started;
    await fill(hosts.bulkhead!);
    await checkAnswers(hosts);
    const rows: Row[] = [];
    for (const [what, request] of Object.entries({ 'list of 20': LIST, create: CREATE })) {
      const samples = await bench.inTurn(ROUNDS, hosts, (host) =>
        measureLoad(host, { ...request, seconds: bench.seconds(SECONDS) }),
      );
      rows.push(
        { what, unit: '/s', rounds: figuresOf(samples, ({ perSecond }) => perSecond), goals: GOALS },
        {
          what: `${what}, for each second of processor time`,
          unit: '/s',
          rounds: figuresOf(samples, ({ perCpuSecond }) => perCpuSecond),
          goals: GOALS,
        },
      );
    }
    return rows;
  },
};

async function fill(host: HostProcess): Promise<void> {
  const request = { ...CREATE, headers: { ...CREATE.headers, ...LIST.headers } };
  for (let index = 0; index < TODOS; index++) await ask(host, request);
}

/** All answer with the same bytes, but for what is never twice the same. */
async function checkAnswers(hosts: Contestants<HostProcess>): Promise<void> {
  const answers = new Set<string>();
  for (const host of Object.values(hosts)) {
    const created = await ask(host, CREATE);
    answers.add(`${await ask(host, LIST)}${created.replaceAll(/"id":"[^"]+"|"\w+At":"[^"]+"/g, '')}`);
  }
  if (answers.size > 1) throw new Error(`The answers differ:\n${[...answers].join('\n')}`);
}

async function ask({ port }: HostProcess, { path, ...init }: LoadRequest): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${text}`);
  const { etag, location = '' } = Object.fromEntries(response.headers);
  return `${response.status} ${init.method === undefined ? '' : etag} ${location.replace(/[^/]+$/, '')} ${text}`;
}
