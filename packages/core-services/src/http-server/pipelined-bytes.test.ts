import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Router, type Handler } from 'express';
import { startTestHost, TOKEN, type TestHost } from '../../test/http/test-host.ts';

let host: TestHost;
/** Answers the requests that wait, in the order in which they came. */
let waiting: (() => void)[];

const HANDLERS: Readonly<Record<string, Handler>> = {
  now: (_req, res) => void res.send('y'.repeat(1_000)),
  later: (_req, res) => void setImmediate(() => res.send('z'.repeat(2_000))),
  waiting: (_req, res) => void waiting.push(() => res.send('x'.repeat(3_000))),
  pieces: (_req, res) => {
    res.write('a'.repeat(4_000));
    setImmediate(() => res.end('b'.repeat(200_000)));
  },
};

beforeEach(async () => {
  waiting = [];
  host = await startTestHost();
  const router = Router();
  for (const [path, handler] of Object.entries(HANDLERS)) router.get(`/${path}`, handler);
  router.get('/begun', (_req, res) => res.write('c'.repeat(4_000), () => waiting.push(() => res.end())));
  host.addPlugin('todo').use(router);
});

afterEach(() => host.stop());

const head = (path: string, others = ''): string =>
  `GET /api/todo/${path} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${TOKEN}\r\n${others}\r\n`;

/** Sends all requests at once. @returns how many bytes each of them was answered with, by the log */
async function loggedBytes(paths: readonly string[]): Promise<{ readonly logged: number[]; readonly sent: number }> {
  const client = await host.connect();
  const close = 'Connection: close\r\n';
  client.write(paths.map((path, index) => head(path, index === paths.length - 1 ? close : '')).join(''));
  const isAnswered = host.accessLog.length + paths.length;
  while (waiting.length < paths.filter((path) => path === 'waiting').length) await nextTurn();
  // The last one first: it has to wait for those before.
  waiting
    .splice(0)
    .reverse()
    .forEach((answer) => answer());
  const sent = (await client.rest()).length;
  while (host.accessLog.length < isAnswered) await host.nextAccess();
  return { logged: host.accessLog.splice(0).map(({ bytes }) => bytes), sent };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the access log, of requests that are pipelined', () => {
  it.each(Object.keys(HANDLERS))('tells the bytes of each response, when they are answered %s', async (path) => {
    const { logged, sent } = await loggedBytes(Array<string>(5).fill(path));
    expect(logged.reduce((sum, bytes) => sum + bytes)).toBe(sent);
    // Those that go on say so in some bytes more or less.
    const [first, ...others] = logged.slice(0, -1);
    expect(others).toEqual(others.map(() => first));
  });

  it('tells apart what is answered now, later and in pieces', async () => {
    const paths = ['later', 'now', 'pieces', 'waiting', 'now', 'later', 'waiting', 'pieces'];
    const expected = new Map<string, number>();
    for (const path of Object.keys(HANDLERS)) {
      // Of two, since the last one closes the connection and says so.
      expected.set(path, (await loggedBytes([path, 'now'])).logged[0]!);
    }
    const { logged, sent } = await loggedBytes([...paths, 'now']);
    expect(logged.slice(0, -1)).toEqual(paths.map((path) => expected.get(path)));
    expect(logged.reduce((sum, bytes) => sum + bytes)).toBe(sent);
  });

  it('has no bytes of responses whose turn never came', async () => {
    const client = await host.connect();
    client.write(head('begun') + head('now') + head('now'));
    while (waiting.length === 0 || client.received.length < 4_000) await nextTurn();
    client.close();
    while (host.accessLog.length < 3) await host.nextAccess();
    expect(host.accessLog).toEqual(Array(3).fill(expect.objectContaining({ status: 499 })));
    expect(host.accessLog.map(({ bytes }) => bytes > 4_000)).toEqual([true, false, false]);
    expect(host.accessLog.slice(1).map(({ bytes }) => bytes)).toEqual([0, 0]);
  });
});
