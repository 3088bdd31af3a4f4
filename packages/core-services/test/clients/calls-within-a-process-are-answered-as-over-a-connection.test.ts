import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { executionContext } from '@bulkhead/backend-plugin-api';
import { NotFoundError, type HttpError } from '@bulkhead/errors';
import type { CalledOperation, CallOptions, CallRequest, CallResponse } from '@bulkhead/openapi/client';
import { calledOperation, Observations, startTarget, type TargetOperation } from './target-plugin.ts';
import type { TransportName } from './two-transports.ts';

const MEGABYTE = 1024 * 1024;
const seen = new Observations();
let served: Awaited<ReturnType<typeof startTarget>>;

beforeAll(async () => {
  served = await startTarget(seen);
});

afterAll(() => served.backend.stop());

/** Some contracts have a parameter for it. */
const LENGTH = {
  name: 'content-length',
  part: 'headers',
  style: 'simple',
  explode: false,
  required: true,
  shape: { type: 'scalar', scalars: ['integer'] },
} as const;

interface Outcome {
  readonly status?: number;
  readonly headers?: object;
  readonly body?: unknown;
  readonly error?: object;
}

const CONTEXT = {
  pluginId: 'caller',
  requestId: 'request-7',
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
};

function call(
  transport: TransportName,
  name: TargetOperation,
  request: CallRequest = {},
  options: CallOptions = {},
): Promise<CallResponse> {
  const operation = calledOperation(name);
  return executionContext.run(CONTEXT, () =>
    served.connections[transport].call(operation, request, { credentials: served.credentials, ...options }),
  );
}

/** Names of headers that belong to a connection, or to the moment. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding']);

async function outcomeOf(
  transport: TransportName,
  ...args: [name: TargetOperation, request?: CallRequest, options?: CallOptions]
): Promise<Outcome> {
  try {
    const { status, headers, body } = await call(transport, ...args);
    return {
      status,
      headers: Object.fromEntries(
        Object.entries(headers)
          .filter(([name]) => !OF_THE_CONNECTION.has(name))
          .sort(),
      ),
      body: await gather(body),
    };
  } catch (thrown) {
    const { name, code, message, hint, statusCode, requestId, cause } = thrown as HttpError;
    const { code: causedBy } = (cause ?? {}) as { code?: string };
    return {
      error: {
        name,
        code,
        message,
        hint,
        statusCode,
        requestId,
        ...(!/^(UND_|ERR_HTTP_CUT|ECONN)/.test(String(causedBy)) && { causedBy }),
      },
    };
  }
}

async function gather(body: unknown): Promise<unknown> {
  if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) return body;
  const items: unknown[] = [];
  for await (const item of body as AsyncIterable<unknown>) items.push(item);
  return items.every((item) => item instanceof Uint8Array) ? Buffer.concat(items).toString('hex') : items;
}

/** The outcome, which is the same either way. A request that cannot be sent twice is made twice. */
async function both(
  name: TargetOperation,
  request: CallRequest | (() => CallRequest) = {},
  options?: CallOptions,
): Promise<Outcome> {
  const make = (): CallRequest => (typeof request === 'function' ? request() : request);
  const inProcess = await outcomeOf('in-process', name, make(), options);
  const tcp = await outcomeOf('tcp', name, make(), options);
  expect(inProcess).toEqual(tcp);
  return inProcess;
}

describe('a call within a process and one over a connection', () => {
  it('bring the same request', async () => {
    const request = {
      path: { id: 'a/b ü' },
      query: { limit: 3 },
      headers: { 'x-tags': ['x', 'y'] },
      body: { title: 'häßlich 🚢' },
    };
    const { body } = await both('echo', request, { headers: { 'X-Extra': 'yes' }, timeout: 60_000 });
    expect(body).toEqual({
      path: { id: 'a/b ü' },
      query: { limit: 3 },
      tags: ['x', 'y'],
      body: { title: 'häßlich 🚢' },
      principal: { type: 'service', subject: 'plugin:caller' },
      requestId: 'request-7',
      isSigned: true,
      others: expect.objectContaining({
        'content-type': 'application/json',
        'content-length': '26',
        traceparent: CONTEXT.traceparent,
        'x-request-id': 'request-7',
        'x-extra': 'yes',
      }),
    });
  });

  it('bring the same response', async () => {
    expect(await both('open')).toMatchObject({
      status: 200,
      headers: { 'x-count': '1', 'x-request-id': 'request-7', 'x-content-type-options': 'nosniff' },
      body: { type: 'none' },
    });
    expect(await both('text')).toMatchObject({ body: 'häßlich 🚢' });
    expect(await both('act', { path: { what: 'nothing' } })).toMatchObject({ status: 204, body: undefined });
    expect(await both('act', { path: { what: 'elsewhere' } })).toMatchObject({ status: 302 });
    expect(await both('act', { path: { what: 'unchanged' } })).toMatchObject({ status: 304 });
    expect(await both('look')).toMatchObject({ status: 200, body: undefined });
  });

  it('bring the same errors', async () => {
    expect(await both('act', { path: { what: 'conflict' } })).toEqual({
      error: expect.objectContaining({
        name: 'ConflictError',
        code: 'ERR_TEST_THERE',
        message: 'It is there',
        hint: 'Take another name.',
        requestId: 'request-7',
        causedBy: 'ERR_HTTP_NOT_FOUND',
      }),
    });
    expect(await both('act', { path: { what: 'fault' } })).toMatchObject({
      error: { statusCode: 500, code: 'ERR_HTTP_INTERNAL' },
    });
    expect(await both('act', { path: { what: 'current' } })).toMatchObject({ status: 304 });
    expect(await both('unknown')).toMatchObject({ error: { name: 'NotFoundError', code: 'ERR_HTTP_UNKNOWN_PATH' } });
  });

  it('are refused alike', async () => {
    expect(await both('echo', { path: { id: '1' }, query: { limit: 'x', wrong: 1 }, body: {} })).toMatchObject({
      error: { code: 'ERR_CONTRACT_REQUEST' },
    });
    expect(await both('express', {}, { token: 'nonsense' })).toMatchObject({ error: { name: 'AuthenticationError' } });
    expect(await both('echo', { path: { id: '1' }, body: 'x'.repeat(3 * MEGABYTE) })).toMatchObject({
      error: { code: 'ERR_HTTP_BODY_TOO_LARGE' },
    });
    expect(await both('upload', () => ({ body: streamOf(3) }))).toMatchObject({
      error: { code: 'ERR_HTTP_BODY_TOO_LARGE' },
    });
    await expect(call('in-process', 'wait', {}, { credentials: undefined })).rejects.toMatchObject({
      code: 'ERR_CLIENTS_NO_CREDENTIALS',
      hint: expect.stringContaining('getOwnServiceCredentials'),
    });
    await expect(call('in-process', 'open', {}, { credentials: undefined })).resolves.toMatchObject({ status: 200 });
  });

  it('are not made with a stream of another length than their headers tell', async () => {
    const operation: CalledOperation = { ...calledOperation('upload'), parameters: [LENGTH] };
    for (const [megabytes, length] of [
      [3, 1],
      [1, 2_000_000],
    ] as const) {
      for (const transport of ['in-process', 'tcp'] as const) {
        const request = { body: streamOf(megabytes), headers: { 'content-length': length } };
        const { credentials } = served;
        await expect(served.connections[transport].call(operation, request, { credentials })).rejects.toMatchObject({
          code: 'ERR_CLIENT_CONNECTION_LOST',
          ...(transport === 'in-process' && { cause: { code: 'ERR_HTTP_WRONG_LENGTH' } }),
        });
      }
    }
  });

  it('stream up, and tell how large what they know the size of is', async () => {
    expect(await both('upload', () => ({ body: streamOf(1) }))).toMatchObject({
      body: { size: MEGABYTE, length: null },
    });
    expect(await both('upload', { body: new Uint8Array(7) })).toMatchObject({ body: { size: 7, length: '7' } });
    expect(await both('upload', { body: new Blob(['hello']) })).toMatchObject({ body: { size: 5, length: '5' } });
    expect(await both('upload', { body: 'text' })).toMatchObject({ body: { size: 4, length: '4' } });
  });

  it('send forms with files', async () => {
    const body = { title: 'Ship', pages: [1, 2], file: new File(['hello'], 'log.txt', { type: 'text/plain' }) };
    expect(await both('submit', { body })).toMatchObject({
      body: { title: 'Ship', pages: [1, 2], name: 'log.txt', type: 'text/plain', text: 'hello' },
    });
  });

  it('stream down', async () => {
    expect(await both('expressStream')).toMatchObject({
      status: 200,
      body: Buffer.concat([0, 1, 2, 3, 4].map((byte) => Buffer.alloc(10, byte))).toString('hex'),
    });
    expect(await both('follow')).toMatchObject({
      body: [{ data: { n: 1 } }, { data: 'two\nlines', event: 'text', id: '7' }],
    });
  });

  it('are answered by Express, too', async () => {
    expect(await both('express')).toMatchObject({ body: { url: '/api/target/express', ip: '127.0.0.1' } });
    expect(await both('chunked')).toMatchObject({ body: { a: 1 } });
    expect(await both('page')).toMatchObject({ error: { code: 'ERR_CLIENT_UNEXPECTED_ANSWER' } });
  });

  it('notice when an answer is not complete', async () => {
    expect(await both('broken')).toMatchObject({
      error: { name: 'BadGatewayError', code: 'ERR_CLIENT_CONNECTION_LOST' },
    });
    // Over a connection that stays open, the rest is waited for.
    await expect(call('tcp', 'short', {}, { timeout: 50 })).rejects.toMatchObject({ code: 'ERR_CLIENT_TIMEOUT' });
    await expect(call('in-process', 'short')).rejects.toMatchObject({
      code: 'ERR_CLIENT_CONNECTION_LOST',
      cause: { code: 'ERR_HTTP_CUT_OFF' },
    });
  });
});

describe.each<TransportName>(['in-process', 'tcp'])('a call (%s)', (transport) => {
  it('lets the other side know when it is aborted', async () => {
    const controller = new AbortController();
    const waiting = call(transport, 'wait', {}, { signal: controller.signal });
    await until(() => seen.hangUps.length > 0);
    controller.abort(new NotFoundError('Never mind'));
    await expect(waiting).rejects.toMatchObject({
      code: 'ERR_CLIENT_ABORTED',
      statusCode: 499,
      cause: { message: 'Never mind' },
    });
    await seen.hangUps.pop();
  });

  it('ends at its deadline, which the other side knows', async () => {
    // Long enough for the other side to hear of it first, on a busy machine, too.
    const waiting = call(transport, 'wait', {}, { timeout: 1_000 });
    await expect(waiting).rejects.toMatchObject({ name: 'GatewayTimeoutError', code: 'ERR_CLIENT_TIMEOUT' });
    const sent = Number(await seen.hangUps.pop());
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThanOrEqual(1_000);
  });

  it('takes of a stream only what is read, and ends it', async () => {
    seen.taken = 0;
    const ended = new Promise<void>((resolve) => {
      seen.onSourceEnd = resolve;
    });
    const { body } = await call(transport, 'download');
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    expect(value?.[0]).toBe(1);
    await settled();
    // What lies between the two sides: the buffers of streams and, over a connection, of the kernel.
    expect(seen.taken * 16 * 1024).toBeLessThan((transport === 'tcp' ? 16 : 1) * MEGABYTE);
    await reader.cancel();
    await ended;
  });

  it('reads of a body only what the other side wants', async () => {
    let sent = 0;
    const cancelled = new Promise<void>((resolve) => {
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 1;
          controller.enqueue(new Uint8Array(16 * 1024));
        },
        cancel: () => resolve(),
      });
      const nowhere = { ...calledOperation('upload'), path: '/nowhere' };
      served.connections[transport].call(nowhere, { body }, { credentials: served.credentials }).catch(() => {});
    });
    await cancelled;
    expect(sent * 16 * 1024).toBeLessThan(16 * MEGABYTE);
  });

  it('is refused when its headers are too large', async () => {
    await expect(call(transport, 'express', {}, { headers: { 'x-large': 'x'.repeat(20_000) } })).rejects.toMatchObject({
      code: 'ERR_HTTP_HEADERS_TOO_LARGE',
    });
  });

  it('says so when a stream breaks', async () => {
    const { body } = await call(transport, 'torn');
    await expect(gather(body)).rejects.toMatchObject({
      name: 'BadGatewayError',
      code: 'ERR_CLIENT_CONNECTION_LOST',
    });
  });

  it('aborts a stream that has begun', async () => {
    const controller = new AbortController();
    const ended = new Promise<void>((resolve) => {
      seen.onSourceEnd = resolve;
    });
    const { body } = await call(transport, 'download', {}, { signal: controller.signal });
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    controller.abort();
    await expect(readToEnd(reader)).rejects.toMatchObject({ code: 'ERR_CLIENT_ABORTED' });
    await ended;
  });

  it('shares no object with the other side', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const body = { list: [1] };
    const { body: answer } = await call(transport, 'echo', { path: { id: '1' }, body });
    expect((answer as { body: unknown }).body).toEqual(body);
    expect((answer as { body: unknown }).body).not.toBe(body);
    await call(transport, 'upload', { body: bytes });
    expect([...bytes]).toEqual([1, 2, 3]);
  });

  it('stands in the access log', async () => {
    await call(transport, 'text');
    await until(() =>
      served.backend.logs.lines.some(
        ({ meta }) => meta?.url === '/api/target/text' && meta?.status === 200 && meta?.requestId === 'request-7',
      ),
    );
  });
});

async function readToEnd(reader: ReadableStreamDefaultReader<unknown>): Promise<void> {
  while (!(await reader.read()).done);
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

function streamOf(megabytes: number): ReadableStream<Uint8Array> {
  let left = megabytes * 16;
  return new ReadableStream({
    pull(controller) {
      if (left-- === 0) controller.close();
      else controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
}
