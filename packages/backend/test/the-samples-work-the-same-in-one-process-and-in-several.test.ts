import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reservePorts, TestDatabase } from '@bulkhead/backend-test-utils';
import type { JsonObject } from '@bulkhead/types';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startHost, type RunningHost } from './running-host.ts';

/** What the host of this repository runs, in one process. */
async function startAlone(config: string): Promise<RunningHost> {
  return startHost(['start', '--config', config], / Ready on (http:\S+)/);
}

/** The same in four processes: edge, todo twice, digest. */
async function startSplit(config: string): Promise<RunningHost> {
  return startHost(['start', '--all', '--config', config], /All 4 processes are ready: (http:\S+)/);
}

async function createConfig(database: TestDatabase): Promise<JsonObject> {
  const [edge, first, second, digest] = (await reservePorts(4)).map((port) => `http://127.0.0.1:${port}`);
  return {
    backend: {
      listen: { host: '127.0.0.1', port: 0 },
      contracts: { public: true },
      ...(database.config.backend as JsonObject),
    },
    topology: {
      edge: { baseUrl: edge, plugins: ['example', 'auth'], forwards: true },
      todo: { replicas: [first!, second!], plugins: ['todo'] },
      digest: { baseUrl: digest, plugins: ['digest'] },
    },
    digest: { schedule: { frequency: '1s', timeout: '30s' } },
    example: { message: 'Hello' },
  };
}

describe.each([
  ['in one process', startAlone],
  ['in several', startSplit],
])('%s', (_, start) => {
  let database: TestDatabase;
  let folder: string;
  let host: RunningHost;
  let token: string;

  beforeAll(async () => {
    database = await TestDatabase.create();
    folder = await mkdtemp(join(tmpdir(), 'bulkhead-samples-'));
    const config = join(folder, 'app-config.yaml');
    await writeFile(config, JSON.stringify(await createConfig(database)));
    host = await start(config);
  });

  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
    await database.dispose();
    await rm(folder, { recursive: true });
  });

  /** Sends a request as the user, through the door. */
  async function call(method: string, path: string, body?: JsonObject, headers = {}): Promise<Answer> {
    const response = await fetch(`${host.url}/api/${path}`, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, body: isJson ? (JSON.parse(text) as JsonObject) : text };
  }

  it('a user signs in, makes todos, and gets a digest of them at once', async () => {
    expect(await call('GET', 'todo/todos')).toMatchObject({ status: 401 });
    const signedIn = await call('POST', 'auth/guest/token');
    expect(signedIn).toMatchObject({ status: 200, body: { token: expect.any(String) } });
    token = (signedIn.body as { token: string }).token;

    expect(await call('GET', 'example/greeting?name=Ada')).toEqual({ status: 200, body: { message: 'Hello, Ada' } });
    for (const title of ['Make a digest', 'Read it']) {
      expect(await call('POST', 'todo/todos', { title })).toMatchObject({ status: 201, body: { title, version: 1 } });
    }
    expect(await call('POST', 'digest/digests')).toMatchObject({
      status: 200,
      body: {
        open: 2,
        done: 0,
        created: 2,
        completed: 0,
        titles: expect.arrayContaining(['Read it', 'Make a digest']),
      },
    });
  });

  it('the schedule brings the digest up to date, in the name of the plugin', async () => {
    const list = await call('GET', 'todo/todos?limit=1');
    const [todo] = (list.body as { items: { id: string }[] }).items;
    const change = await call('PATCH', `todo/todos/${todo!.id}`, { done: true }, { 'If-Match': '"1"' });
    expect(change.status).toBe(200);

    let digests: Answer;
    do {
      await delay(50);
      digests = await call('GET', 'digest/digests');
    } while (JSON.stringify(digests).includes('"done":0'));
    expect(digests).toMatchObject({ status: 200, body: { items: [{ open: 1, done: 1, created: 2, completed: 1 }] } });
    expect((await call('GET', 'digest/today.txt')).body).toContain('1 open, 1 done; today 2 made and 1 done');
  });

  it('nobody reaches by the door what is for plugins', async () => {
    const today = 'since=2026-01-01T00:00:00Z&before=2026-01-02T00:00:00Z';
    expect(await call('GET', `todo/summaries?${today}`)).toMatchObject({
      status: 403,
      body: { error: { name: 'NotAllowedError' } },
    });
    expect(await call('GET', 'todo/todos?limit=0')).toMatchObject({
      status: 400,
      body: { error: { code: 'ERR_CONTRACT_REQUEST', violations: [{ pointer: '/query/limit' }] } },
    });
  });

  it('the contracts tell where users reach the plugins, and pass a public linter', async () => {
    const { body: merged } = (await call('GET', 'openapi.json')) as { body: JsonObject };
    expect(merged.servers).toEqual([{ url: host.url }]);
    expect(merged).not.toHaveProperty('x-unavailable-plugins');
    expect(Object.keys(merged.paths as JsonObject)).toEqual(
      expect.arrayContaining(['/api/auth/guest/token', '/api/digest/digests', '/api/todo/todos']),
    );
    const documents = [merged];
    for (const plugin of ['auth', 'digest', 'todo']) {
      const { body: document } = (await call('GET', `${plugin}/openapi.json`)) as { body: JsonObject };
      expect(document.servers).toEqual([{ url: `${host.url}/api/${plugin}` }]);
      documents.push(document);
    }
    for (const document of documents) {
      const file = join(folder, 'openapi.json');
      await writeFile(file, JSON.stringify(document));
      expect(await lint(file)).toEqual([]);
    }
  });
});

/** What the linter warns of; rejects with its errors. A merged document is not licensed; its parts are. */
async function lint(file: string): Promise<unknown> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js');
  const options = ['--extends=recommended', '--skip-rule=info-license', '--format=json'];
  const env = { ...process.env, NODE_OPTIONS: '', REDOCLY_TELEMETRY: 'off' };
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'lint', file, ...options], { env });
  return (JSON.parse(stdout) as { problems: unknown }).problems;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}
