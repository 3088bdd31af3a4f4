import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  deadOrigin,
  onRequest,
  QUESTION,
  startForwardingHost,
  startRawTarget,
  startStalledTarget,
  startStreamingTarget,
  startTarget,
  until,
  type ForwardingHost,
  type RawTarget,
  type Target,
} from './forwarding-harness.ts';
import { stopClock } from './stop-clock.ts';

let host: ForwardingHost;
let good: Target;
let bad: Target | RawTarget | undefined;

beforeEach(async () => {
  // Health checks would take the bad replica out before it has done its harm.
  host = await startForwardingHost({ backend: { upstreams: { healthCheck: { interval: 0 } } } });
  good = await startTarget((request, response, body) => response.end(`${request.method} ${body}`));
});

afterEach(async () => {
  jest.useRealTimers();
  await host.stop();
  await good[Symbol.asyncDispose]();
  await bad?.[Symbol.asyncDispose]();
  bad = undefined;
});

async function unprocessed(): Promise<Target> {
  return startTarget((_request, response) => {
    response.writeHead(503, { 'X-Bulkhead-Unprocessed': 'true', Connection: 'close', 'Content-Length': 2 }).end('{}');
  });
}

async function withStatus(status: number): Promise<Target> {
  return startTarget((_request, response) => void response.writeHead(status, { 'Content-Length': 3 }).end('bad'));
}

/** Refuses whatever it is asked, as a process does that stops, but keeps its connections. */
async function stopping(): Promise<RawTarget> {
  return startRawTarget((socket) => {
    socket.on('data', () => {
      socket.write('HTTP/1.1 503 Service Unavailable\r\nX-Bulkhead-Unprocessed: true\r\nContent-Length: 2\r\n\r\n{}');
    });
  });
}

/** Ends each connection after an answer, as a process does that is about to stop. */
async function closing(name: string): Promise<RawTarget & { readonly asked: string[] }> {
  const asked: string[] = [];
  const target = await startRawTarget((socket) => {
    socket.once('data', (bytes) => {
      const request = bytes.toString('latin1');
      asked.push(request.slice(0, request.indexOf(' HTTP/1.1')));
      socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${name.length}\r\n\r\n${name}`);
    });
  });
  return { ...target, asked };
}

async function resetting(): Promise<RawTarget> {
  return startRawTarget((socket) => onRequest(socket, () => socket.resetAndDestroy()));
}

describe('a request that was not taken', () => {
  it.each(['GET', 'POST', 'PATCH'])(
    'by %s because nobody listens goes to another replica, body and all',
    async (method) => {
      host.topology.place('todo', await deadOrigin(), good.origin);
      const client = await host.connect();
      client.request(`${method} /api/todo`, { 'Content-Length': '5' }, 'hello');
      expect(await client.response()).toMatchObject({ status: 200, text: `${method} hello` });
    },
  );

  it.each(['GET', 'POST'])('by %s because the replica stops goes to another one', async (method) => {
    bad = await unprocessed();
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    stopClock();
    client.request(`${method} /api/todo`, { 'Content-Length': '5' }, 'hello');
    expect(await client.response()).toMatchObject({ status: 200, text: `${method} hello` });
    expect(bad.received).toHaveLength(1);
    client.request(`${method} /api/todo`, { 'Content-Length': '5' }, 'again');
    expect(await client.response()).toMatchObject({ text: `${method} again` });
    expect(bad.received).toHaveLength(1);
  });

  it.each(['GET', 'POST', 'PATCH'])(
    'by %s because the replica stops listening before it has accepted the connection goes to another one',
    async (method) => {
      await using stalled = await startStalledTarget();
      host.topology.place('todo', stalled.origin, good.origin);
      const client = await host.connect();
      client.request(`${method} /api/todo`, { 'Content-Length': '5' }, 'hello');
      await until(() => host.upstreams.connectionsTo(stalled.origin)!.count === 1);
      await stalled.stop();
      expect(await client.response()).toMatchObject({ status: 200, text: `${method} hello` });
      expect(good.received).toHaveLength(1);
    },
  );

  it('is not sent to a replica that says that it stops', async () => {
    bad = await stopping();
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    stopClock();
    for (let round = 0; round < 3; round++) {
      expect(await client.request('POST /api/todo').response()).toMatchObject({ status: 200, text: 'POST ' });
    }
    expect(bad.sockets).toHaveLength(1);
    host.topology.place('todo', bad.origin);
    expect(await client.request('POST /api/todo').errorResponse()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', 'x-bulkhead-unprocessed': 'true' },
      error: { code: 'ERR_FORWARD_UNREACHABLE' },
    });
  });

  it('is sent to a replica that ends its connections only when there is no other one', async () => {
    const leaving = await closing('leaving');
    bad = leaving;
    const client = await host.connect();
    const answerOf = async (...origins: string[]): Promise<string> => {
      host.topology.place('todo', ...origins);
      return (await client.request('POST /api/todo').response()).text;
    };
    stopClock();
    expect(await answerOf(leaving.origin, good.origin)).toBe('POST ');
    expect(leaving.asked).toEqual([QUESTION]);

    expect(await answerOf(leaving.origin)).toBe('leaving');
    expect(leaving.asked).toEqual([QUESTION, QUESTION, 'POST /api/todo']);

    expect(await answerOf(leaving.origin, await deadOrigin())).toBe('leaving');
    await using second = await closing('second');
    expect(await answerOf(leaving.origin, second.origin)).toMatch(/^(leaving|second)$/);
    expect([...leaving.asked, ...second.asked].filter((line) => line !== QUESTION)).toHaveLength(3);
  });

  it('is not sent to a replica that does not say whether it is there', async () => {
    await host.stop();
    host = await startForwardingHost({ backend: { upstreams: { healthCheck: { interval: 0, timeout: '1ms' } } } });
    bad = await startRawTarget((socket) => socket.resume());
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    client.request('POST /api/todo', { 'Content-Length': '5' }, 'hello');
    expect(await client.response()).toMatchObject({ status: 200, text: 'POST hello' });
  });

  it.each([
    ['the only one', async () => []],
    ['the only one that listens', async () => [await deadOrigin()]],
  ])('goes to a replica that is slow to say that it is there if that is %s', async (_what, siblings) => {
    await host.stop();
    host = await startForwardingHost({ backend: { upstreams: { healthCheck: { interval: 0, timeout: '1ms' } } } });
    const asked: Socket[] = [];
    bad = await startRawTarget((socket) => {
      socket.on('data', (bytes) => {
        const request = bytes.toString('latin1');
        if (request.startsWith(QUESTION)) asked.push(socket);
        else if (request.startsWith('POST ')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    const others = await siblings();
    host.topology.place('todo', bad.origin, ...others);
    host.topology.place('hangs', bad.origin);
    const [client, hasty] = [await host.connect(), await host.connect()];
    client.request('POST /api/todo');
    await until(() => asked.length === 1 + others.length);
    // By then, whoever may not be slow has been given up.
    expect(await hasty.request('GET /api/hangs', { 'X-Request-Timeout-Ms': '1' }).response()).toMatchObject({
      status: 504,
    });
    asked.at(-1)!.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    expect(await client.response()).toMatchObject({ status: 200, text: 'ok' });
  });

  it('because the replica stops is the last one to go there, for however long the other one had been down', async () => {
    bad = await unprocessed();
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    const clock = stopClock();
    for (let failures = 0; failures < 6; failures++) {
      host.upstreams.report(good.origin, 'failed', clock.now);
      clock.advance(8_000);
    }
    host.upstreams.report(good.origin, 'failed', clock.now);
    clock.advance(1);
    for (let index = 0; index < 3; index++) {
      client.request('POST /api/todo', { 'Content-Length': '5' }, 'hello');
      expect(await client.response()).toMatchObject({ status: 200, text: 'POST hello' });
    }
    expect(bad.received).toHaveLength(1);
  });

  it('in chunks goes to another replica while it is small', async () => {
    bad = await unprocessed();
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    client.request('POST /api/todo', { 'Transfer-Encoding': 'chunked' }, '5\r\nhello\r\n0\r\n\r\n');
    expect(await client.response()).toMatchObject({ text: 'POST hello' });
  });

  it('in chunks goes on to another replica in the middle of its body', async () => {
    bad = await startStreamingTarget((request, response) => {
      request.once('data', () => response.writeHead(503, { 'X-Bulkhead-Unprocessed': 'true' }).end('{}'));
    });
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    client.request('POST /api/todo', { 'Transfer-Encoding': 'chunked' }, '5\r\nhello\r\n');
    const logged = host.nextAccess();
    let written = 0;
    good.server.once('request', () => (written += 1));
    await until(() => written > 0);
    client.write('6\r\n world\r\n0\r\n\r\n');
    expect(await client.response()).toMatchObject({ text: 'POST hello world' });
    expect(await logged).toMatchObject({ upstream: good.origin });
  });

  it('is not repeated when its body is too large to be kept', async () => {
    bad = await unprocessed();
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    client.request('POST /api/todo', { 'Content-Length': '100000' }, 'x'.repeat(100_000));
    expect(await client.response()).toMatchObject({ status: 503, headers: { 'x-bulkhead-unprocessed': 'true' } });
    expect(good.received).toEqual([]);
  });

  it('by any replica is answered with what the last one says', async () => {
    bad = await unprocessed();
    host.topology.place('todo', bad.origin);
    const client = await host.connect();
    expect(await client.request('GET /api/todo').response()).toMatchObject({ status: 503, text: '{}' });
    expect(bad.received).toHaveLength(1);
  });
});

describe('a request of which nobody knows whether it was processed', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('by %s is repeated at another replica', async (method) => {
    bad = await resetting();
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    client.request(`${method} /api/todo`, { Connection: 'close' });
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 200 /);
    expect(good.received).toMatchObject([{ method }]);
  });

  it.each(['POST', 'PATCH'])('by %s is not repeated', async (method) => {
    bad = await resetting();
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    expect(await client.request(`${method} /api/todo`).errorResponse()).toMatchObject({
      status: 502,
      error: { code: 'ERR_FORWARD_BROKEN' },
    });
    expect(good.received).toEqual([]);
  });

  it.each([502, 503, 504])('because of status %i is repeated if it may be', async (status) => {
    bad = await withStatus(status);
    host.topology.place('todo', bad.origin, good.origin);
    const [get, post] = [await host.connect(), await host.connect()];
    stopClock();
    expect(await get.request('GET /api/todo').response()).toMatchObject({ status: 200 });
    expect(host.upstreams.pick([good.origin, bad.origin])).toBe(good.origin);
    expect(await post.request('POST /api/todo').response()).toMatchObject({ status, text: 'bad' });
  });

  it('is repeated when the answer breaks off before any of it was passed on', async () => {
    bad = await startRawTarget((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it', () => socket.resetAndDestroy());
      });
    });
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    expect(await client.request('GET /api/todo').response()).toMatchObject({ status: 200, text: 'GET ' });
  });

  it('is tried once more at the only replica, whose connection may just have idled for too long', async () => {
    let connections = 0;
    bad = await startRawTarget((socket) => {
      connections += 1;
      const isFirst = connections === 1;
      socket.on('data', () => {
        if (isFirst) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    host.topology.place('todo', bad.origin);
    const client = await host.connect();
    expect(await client.request('GET /api/todo').response()).toMatchObject({ status: 200, text: 'ok' });
    expect(connections).toBe(2);
  });

  it('fails after as many attempts as there are replicas, and one more', async () => {
    bad = await resetting();
    await using second = await resetting();
    host.topology.place('todo', bad.origin, second.origin);
    const client = await host.connect();
    expect(await client.request('GET /api/todo').errorResponse()).toMatchObject({ status: 502 });
    expect(bad.sockets.length + second.sockets.length).toBe(3);
  });

  it('is not repeated when it has only taken too long', async () => {
    await host.stop();
    host = await startForwardingHost({ backend: { upstreams: { headersTimeout: '50ms' } } });
    bad = await startStreamingTarget(() => undefined);
    host.topology.place('todo', bad.origin, good.origin);
    const client = await host.connect();
    expect(await client.request('GET /api/todo').response()).toMatchObject({ status: 504 });
    expect(good.received).toEqual([]);
  });
});

describe('a replica that takes too long', () => {
  async function isSuspectAfter(headers: Record<string, string>, headersTimeout: string): Promise<boolean> {
    await using slow = await startStreamingTarget(() => undefined);
    const own = await startForwardingHost({ backend: { upstreams: { headersTimeout, healthCheck: { interval: 0 } } } });
    own.topology.place('todo', slow.origin);
    const client = await own.connect();
    expect(await client.request('GET /api/todo', headers).errorResponse()).toMatchObject({ status: 504 });
    const isSuspect = own.logger.lines.some(({ message }) => message.includes('cannot be reached'));
    await own.stop();
    return isSuspect;
  }

  it('is passed over, but not since a caller gave it next to no time', async () => {
    expect(await isSuspectAfter({}, '20ms')).toBe(true);
    expect(await isSuspectAfter({ 'X-Request-Timeout-Ms': '60000' }, '20ms')).toBe(true);
    expect(await isSuspectAfter({ 'X-Request-Timeout-Ms': '5' }, '60s')).toBe(false);
    expect(await isSuspectAfter({ 'X-Request-Timeout-Ms': '5' }, '0s')).toBe(false);
  });
});

describe('requests', () => {
  it('are spread over the replicas', async () => {
    await using second = await startTarget((_request, response) => response.end('second'));
    host.topology.place('todo', good.origin, second.origin);
    const client = await host.connect();
    for (let round = 0; round < 10; round++) await client.request('GET /api/todo').response();
    expect([good.received.length, second.received.length]).toEqual([5, 5]);
  });
});
