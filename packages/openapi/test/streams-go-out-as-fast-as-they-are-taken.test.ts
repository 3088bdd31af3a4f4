import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { ServerSentEvent } from '../src/server/index.ts';
import { compile, errorOf, serveOperation, type ContractServer } from './contract-server.ts';

let server: ContractServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const CHUNK = 64 * 1024;

async function serve(body: () => unknown, kind: 'binary' | 'events' = 'binary'): Promise<string> {
  const mediaType = kind === 'binary' ? 'application/octet-stream' : 'text/event-stream';
  const check = kind === 'events' ? compile({ type: ['object', 'string'] }) : undefined;
  const prepare = (data: unknown): unknown => (data === 'secret' ? 'hidden' : data);
  server = await serveOperation(
    { path: '/', responses: { 200: { contents: [{ mediaType, kind, check, prepare }] } } },
    (request: { readonly signal: AbortSignal }) => {
      signal = request.signal;
      return { status: 200, body: body() };
    },
  );
  return server.url;
}

let signal: AbortSignal;

/** A response of which nothing is read until somebody does. */
async function open(url: string): Promise<IncomingMessage> {
  const [response] = (await once(get(url), 'response')) as [IncomingMessage];
  response.on('error', () => {});
  return response;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}

/** Sources without an end, by kind; they count what is pulled and tell when they are cancelled. */
class Source {
  pulled = 0;
  cancelled = false;
  limit = Infinity;
  failAt = Infinity;

  readonly #next = (): Uint8Array | undefined => {
    this.pulled += 1;
    if (this.pulled === this.failAt) throw new TypeError('the source is broken');
    return this.pulled > this.limit ? undefined : new Uint8Array(CHUNK);
  };

  readonly #cancel = (): void => {
    this.cancelled = true;
  };

  readable(): Readable {
    const next = this.#next;
    const cancel = this.#cancel;
    return new Readable({
      read() {
        try {
          this.push(next() ?? null);
        } catch (error) {
          this.destroy(error as Error);
        }
      },
      destroy(error, callback) {
        cancel();
        callback(error);
      },
    });
  }

  web(): ReadableStream<Uint8Array> {
    return new ReadableStream({
      pull: (controller) => {
        const chunk = this.#next();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
      cancel: this.#cancel,
    });
  }

  async *silent(): AsyncGenerator<Uint8Array> {
    await once(signal, 'abort');
    yield new Uint8Array(0);
  }

  async *generator(): AsyncGenerator<Uint8Array> {
    try {
      for (let chunk = this.#next(); chunk; chunk = this.#next()) {
        await new Promise(setImmediate);
        yield chunk;
      }
    } finally {
      this.#cancel();
    }
  }
}

describe.each(['readable', 'web', 'generator'] as const)('a body that is a stream (%s)', (kind) => {
  it('arrives as a whole', async () => {
    const source = new Source();
    source.limit = 100;
    const response = await fetch(await serve(() => source[kind]()));
    expect(response.headers.get('content-length')).toBeNull();
    expect((await response.arrayBuffer()).byteLength).toBe(100 * CHUNK);
  });

  it('is not pulled any further while the client does not read, and is cancelled when it goes', async () => {
    const source = new Source();
    const response = await open(await serve(() => source[kind]()));
    let before = -1;
    while (source.pulled > before) {
      before = source.pulled;
      await turns(300);
    }
    // What the sockets of the system hold, and no more.
    expect(source.pulled * CHUNK).toBeLessThan(32 * 1024 * 1024);
    expect(source.cancelled).toBe(false);
    response.destroy();
    while (!source.cancelled) await turns(1);
    expect(signal.aborted).toBe(true);
    const atTheEnd = source.pulled;
    await turns(50);
    expect(source.pulled).toBe(atTheEnd);
    expect(server!.failures).toEqual([]);
  });

  it('is answered with an error if it fails at once', async () => {
    const source = new Source();
    source.failAt = 1;
    const error = await errorOf(await fetch(await serve(() => source[kind]())));
    expect(error).toMatchObject({ status: 500, message: 'the source is broken' });
  });

  it('is cut off if it fails later', async () => {
    const source = new Source();
    source.failAt = 5;
    const response = await fetch(await serve(() => source[kind]()));
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(server!.failures).toEqual([expect.objectContaining({ message: 'the source is broken' })]);
  });
});

describe('a body that is no stream', () => {
  it.each([
    ['bytes', () => new Uint8Array([1, 2]), 2],
    ['a buffer', () => Buffer.from('äb'), 3],
    ['a text', () => 'äb', 3],
    ['a blob', () => new Blob(['äb']), 3],
  ])('has a length (%s)', async (_what, body, length) => {
    const response = await fetch(await serve(body));
    expect(response.headers.get('content-length')).toBe(String(length));
    expect((await response.arrayBuffer()).byteLength).toBe(length);
  });
});

describe('a stream of something else', () => {
  it('is no body', async () => {
    const response = await fetch(await serve(() => Readable.from([{ a: 1 }])));
    expect(await errorOf(response)).toMatchObject({ status: 500, code: 'ERR_CONTRACT_CHUNK' });
  });
});

async function* yielding(...events: readonly unknown[]): AsyncGenerator<unknown> {
  for (const event of events) {
    await new Promise(setImmediate);
    yield event;
  }
}

describe('server-sent events', () => {
  it('are written as the standard has them', async () => {
    const events: ServerSentEvent[] = [
      { data: { a: 1 } },
      { data: 'one\r\ntwo\rthree\n', event: 'lines', id: '7', retry: 1_000 },
      { data: 'x', event: 'a\ndata: forged', id: 'b\0\r\nretry: 1' },
    ];
    const response = await fetch(await serve(() => yielding(...events), 'events'));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(await response.text()).toBe(
      'data: {"a":1}\n\n' +
        'event: lines\nid: 7\nretry: 1000\ndata: one\ndata: two\ndata: three\ndata: \n\n' +
        'event: a data: forged\nid: b   retry: 1\ndata: x\n\n',
    );
  });

  it('open at once, before there is anything to tell', async () => {
    let isCancelled = false;
    async function* silent(): AsyncGenerator<ServerSentEvent> {
      try {
        await once(signal, 'abort');
        yield { data: 'too late' };
      } finally {
        isCancelled = true;
      }
    }
    const response = await open(await serve(silent, 'events'));
    expect(response.statusCode).toBe(200);
    response.destroy();
    while (!isCancelled) await turns(1);
  });

  it('send a comment when there is nothing to tell for a while', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask', 'performance', 'Date'],
    });
    try {
      const response = await open(await serve(() => new Source().silent(), 'events'));
      const received = once(response, 'data');
      // Begins to count from what the head has brought.
      jest.advanceTimersByTime(15_000);
      jest.advanceTimersByTime(15_000);
      expect(String((await received)[0])).toBe(':\n\n');
      response.destroy();
    } finally {
      jest.useRealTimers();
    }
  });

  it('are cut off by one that breaks the contract', async () => {
    const response = await fetch(await serve(() => yielding({ data: 'ok' }, { data: 7 }), 'events'));
    await expect(response.text()).rejects.toThrow();
    expect(server!.failures).toEqual([
      expect.objectContaining({
        code: 'ERR_CONTRACT_RESPONSE',
        violations: [{ pointer: '/body/data', message: 'must be an object or a string, but is 7' }],
      }),
    ]);
  });

  it('are prepared as the contract says', async () => {
    const secret = { id: '1', data: 'secret' };
    expect(await (await fetch(await serve(() => yielding(secret), 'events'))).text()).toBe('id: 1\ndata: hidden\n\n');
    expect(secret.data).toBe('secret');
  });

  it('must be events', async () => {
    await (await fetch(await serve(() => yielding('text'), 'events'))).text().catch(() => '');
    expect(server!.failures).toEqual([expect.objectContaining({ code: 'ERR_CONTRACT_RESPONSE' })]);
  });
});
