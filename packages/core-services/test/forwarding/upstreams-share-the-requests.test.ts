import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import { DefaultUpstreamsService, readUpstreamsSettings } from '../../src/upstreams/index.ts';
import { LogRecorder } from '../http/test-host.ts';
import { stopClock } from './stop-clock.ts';

/** A process that may be unwell. */
class Replica {
  isReady = true;
  checks = 0;
  onCheck: (() => void) | undefined;
  /** What an answer has to wait for once it is determined. */
  delivery: Promise<unknown> | undefined;
  readonly server: Server;

  constructor() {
    this.server = createServer((_request, response) => {
      this.checks += 1;
      response.writeHead(this.isReady ? 200 : 503);
      this.onCheck?.();
      void Promise.resolve(this.delivery).then(() => response.end());
    });
  }

  async listen(port = 0): Promise<string> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    return this.origin;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async nextCheck(): Promise<void> {
    await new Promise<void>((resolve) => (this.onCheck = resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }
}

const stack: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  jest.useRealTimers();
  for (const stop of stack.splice(0).reverse()) await stop();
});

async function startReplica(): Promise<Replica> {
  const replica = new Replica();
  await replica.listen();
  stack.push(() => replica.stop());
  return replica;
}

function createUpstreams(healthCheck: object = {}): { upstreams: DefaultUpstreamsService; logger: LogRecorder } {
  const logger = new LogRecorder();
  const config = new ConfigReader({ backend: { upstreams: { healthCheck: healthCheck as never } } });
  const upstreams = new DefaultUpstreamsService({ settings: readUpstreamsSettings(config), logger });
  stack.push(() => upstreams[Symbol.asyncDispose]());
  return { upstreams, logger };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

describe('upstreams without health checks', () => {
  const origins = ['http://a.test', 'http://b.test', 'http://c.test'];
  const create = (): DefaultUpstreamsService => createUpstreams({ interval: 0 }).upstreams;
  const pickedBy = (upstreams: DefaultUpstreamsService): unknown[] =>
    [...new Set(Array.from({ length: 6 }, () => upstreams.pick(origins)))].sort();

  it('are kept in mind up to a number that strangers cannot exceed', async () => {
    const upstreams = create();
    const connected = (await startReplica()).origin;
    await (await upstreams.dispatcherFor(connected).request({ path: '/', method: 'GET' })).body.dump();
    const pool = upstreams.dispatcherFor(connected);
    const idlePool = upstreams.dispatcherFor('http://idle.test');
    for (const origin of [connected, 'http://idle.test']) upstreams.pick([origin]);

    for (let index = 0; index < 1_100; index++) upstreams.pick([`http://unknown-${index}.test`]);

    expect(upstreams.dispatcherFor(connected)).toBe(pool);
    expect(upstreams.dispatcherFor('http://idle.test')).not.toBe(idlePool);
  });

  it('are picked in turn', () => {
    const upstreams = create();
    const picked = Array.from({ length: 6 }, () => upstreams.pick(origins));
    expect(picked).toEqual([...origins, ...origins]);
  });

  it('are passed over when they have failed, cannot answer, or were tried', () => {
    const upstreams = create();
    upstreams.report('http://a.test', 'failed', 0);
    upstreams.report('http://b.test', 'unavailable', 0);
    const picked = Array.from({ length: 3 }, () => upstreams.pick(origins));
    expect(new Set(picked)).toEqual(new Set(['http://c.test']));
    expect(upstreams.pick(origins, new Set(['http://c.test']))).toBe('http://a.test');
    expect(upstreams.pick(origins, new Set(origins))).toBeUndefined();
  });

  it('are tried nevertheless when none is well', () => {
    const upstreams = create();
    upstreams.report('http://a.test', 'failed', 0);
    expect(upstreams.pick(['http://a.test'])).toBe('http://a.test');
    expect(upstreams.pick(['http://a.test'], new Set(['http://a.test']))).toBeUndefined();
    expect(upstreams.pick([])).toBeUndefined();
  });

  it('are up again as soon as they answer what was sent after they had failed', () => {
    const clock = stopClock();
    const upstreams = create();
    for (let failures = 0; failures < 6; failures++) {
      upstreams.report('http://a.test', 'failed', clock.now);
      clock.advance(8_000);
    }
    upstreams.report('http://a.test', 'failed', clock.now);
    clock.advance(1);
    upstreams.report('http://a.test', 'answered', clock.now);
    expect(pickedBy(upstreams)).toEqual(origins);
  });

  it.each([
    ['', 0],
    ['that have failed before ', 1],
  ])('%sare not up because they go on answering after they have said that they stop', (_what, failures) => {
    const clock = stopClock();
    const upstreams = create();
    for (let failure = 0; failure < failures; failure++) {
      upstreams.report('http://a.test', 'failed', clock.now);
      clock.advance(10_000);
    }
    upstreams.report('http://a.test', 'unavailable', clock.now);
    clock.advance(499);
    upstreams.report('http://a.test', 'answered', clock.now);
    expect(pickedBy(upstreams)).toEqual(['http://b.test', 'http://c.test']);
    clock.advance(1);
    upstreams.report('http://a.test', 'answered', clock.now);
    expect(pickedBy(upstreams)).toEqual(origins);
  });

  it('are up when they answer after they have stopped, and were gone', () => {
    const clock = stopClock();
    const upstreams = create();
    for (const outcome of ['unavailable', 'failed', 'answered'] as const) {
      upstreams.report('http://a.test', outcome, clock.now);
      clock.advance(1);
    }
    expect(pickedBy(upstreams)).toEqual(origins);
  });

  it('are not down because of failures of what was sent before they came back', () => {
    const clock = stopClock();
    const upstreams = create();
    const beforeFailure = clock.now;
    upstreams.report('http://a.test', 'failed', beforeFailure);
    clock.advance(1);
    const afterwards = clock.now;
    clock.advance(1);
    upstreams.report('http://a.test', 'answered', clock.now);
    clock.advance(1);
    for (const sentAt of [beforeFailure, afterwards]) {
      for (const outcome of ['failed', 'unavailable'] as const) upstreams.report('http://a.test', outcome, sentAt);
    }
    expect(pickedBy(upstreams)).toEqual(origins);
    upstreams.report('http://a.test', 'failed', clock.now);
    expect(pickedBy(upstreams)).toEqual(['http://b.test', 'http://c.test']);
  });

  it('are up by an answer to what was sent after they had failed, also if more fails in between that was sent before', () => {
    const clock = stopClock();
    const upstreams = create();
    const before = clock.now;
    upstreams.report('http://a.test', 'failed', before);
    clock.advance(1);
    const after = clock.now;
    clock.advance(1);
    upstreams.report('http://a.test', 'failed', before);
    upstreams.report('http://a.test', 'answered', after);
    expect(pickedBy(upstreams)).toEqual(origins);
  });
});

describe('upstreams with health checks', () => {
  it('come back when they say that they are well, and the log tells', async () => {
    const replicas = [await startReplica(), await startReplica()];
    const origins = replicas.map(({ origin }) => origin);
    const { upstreams, logger } = createUpstreams();
    replicas[0]!.isReady = false;
    upstreams.pick(origins);
    const asked = replicas[0]!.nextCheck();
    upstreams.report(origins[0]!, 'unavailable', 0);
    await asked;
    expect(Array.from({ length: 4 }, () => upstreams.pick(origins))).toEqual(Array(4).fill(origins[1]));
    replicas[0]!.isReady = true;
    await until(() => upstreams.pick(origins) === origins[0]);
    // What was sent before tells nothing.
    upstreams.report(origins[0]!, 'failed', 0);
    expect(logger.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      `warn: ${origins[0]} takes no requests; others answer in its place as far as there are any`,
      `info: ${origins[0]} answers again`,
    ]);
  });

  it('are not back because of answers that were under way when they said that they stop, however late those come', async () => {
    const replicas = [await startReplica(), await startReplica()];
    const origins = replicas.map(({ origin }) => origin);
    const clock = stopClock();
    const { upstreams } = createUpstreams();
    replicas[0]!.isReady = false;
    upstreams.pick(origins);
    const sentAt = clock.now;
    clock.advance(1);
    upstreams.report(origins[0]!, 'unavailable', clock.now);
    clock.advance(10_000);
    upstreams.report(origins[0]!, 'answered', sentAt);
    expect(Array.from({ length: 4 }, () => upstreams.pick(origins))).toEqual(Array(4).fill(origins[1]));
  });

  it('are not back because they were well when they were asked, and have begun to stop since', async () => {
    const replicas = [await startReplica(), await startReplica()];
    const origins = replicas.map(({ origin }) => origin);
    // No round asks in place of whoever is to ask again.
    const { upstreams, logger } = createUpstreams({ interval: '1h' });
    let deliver: (() => void) | undefined;
    replicas[0]!.delivery = new Promise<void>((resolve) => (deliver = resolve));
    upstreams.pick(origins);
    const asked = replicas[0]!.nextCheck();
    upstreams.report(origins[0]!, 'unavailable', 0);
    await asked;
    upstreams.report(origins[0]!, 'unavailable', performance.now());
    replicas[0]!.isReady = false;
    const askedAgain = replicas[0]!.nextCheck();
    deliver!();
    await askedAgain;
    expect(Array.from({ length: 4 }, () => upstreams.pick(origins))).toEqual(Array(4).fill(origins[1]));
    expect(logger.lines).toHaveLength(1);
  });

  it('are found to be gone although no request has failed', async () => {
    const replicas = [await startReplica(), await startReplica()];
    const origins = replicas.map(({ origin }) => origin);
    const { upstreams } = createUpstreams({ interval: '20ms' });
    upstreams.pick(origins);
    upstreams.pick(origins);
    await replicas[1]!.nextCheck();
    await replicas[1]!.stop();
    await until(() => upstreams.pick(origins) === origins[0] && upstreams.pick(origins) === origins[0]);
    expect(upstreams.pick(origins)).toBe(origins[0]);
  });

  it('are not asked as long as there is only one and it is well', async () => {
    const replica = await startReplica();
    const { upstreams } = createUpstreams({ interval: '5ms' });
    upstreams.pick([replica.origin]);
    const { statusCode, body } = await upstreams.dispatcherFor(replica.origin).request({ path: '/', method: 'GET' });
    await body.dump();
    upstreams.report(replica.origin, 'answered', performance.now());
    expect(statusCode).toBe(200);
    expect(replica.checks).toBe(1);
  });

  it('count answers below 500 as health, since others than this host know no such path', async () => {
    const server = createServer((_request, response) => void response.writeHead(404).end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    stack.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { upstreams, logger } = createUpstreams();
    upstreams.pick([origin]);
    upstreams.report(origin, 'failed', 0);
    await until(() => logger.lines.length === 2);
    expect(logger.lines[1]!.message).toBe(`${origin} answers again`);
  });
});

describe('the settings of upstreams', () => {
  it.each([
    ['connections', { connections: 0 }],
    ['connectTimeout', { connectTimeout: 0 }],
    ['healthCheck.timeout', { healthCheck: { timeout: 0 } }],
  ])('refuse a useless %s', (key, section) => {
    const config = new ConfigReader({ backend: { upstreams: section as never } });
    expect(() => readUpstreamsSettings(config)).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIG_VALUE',
        message: expect.stringContaining(`backend.upstreams.${key}`),
      }),
    );
  });
});
