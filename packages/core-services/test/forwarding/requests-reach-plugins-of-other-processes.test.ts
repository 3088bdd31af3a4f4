import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  deadOrigin,
  startForwardingHost,
  onRequest,
  startRawTarget,
  startStreamingTarget,
  startTarget,
  until,
  type ForwardingHost,
  type Target,
} from './forwarding-harness.ts';

let host: ForwardingHost;
let target: Target;

beforeEach(async () => {
  host = await startForwardingHost();
  target = await startTarget((request, response, body) => {
    response.setHeader('Content-Type', 'text/plain');
    response.end(`${request.method} ${body}`);
  });
  host.topology.place('todo', target.origin);
});

afterEach(async () => {
  await host.stop();
  await target[Symbol.asyncDispose]();
});

async function replaceTarget(started: Promise<Target>): Promise<void> {
  await target[Symbol.asyncDispose]();
  target = await started;
  host.topology.place('todo', target.origin);
}

describe('a forwarded request', () => {
  it('arrives with its path, query, headers and request id, and is logged with the plugin and the process', async () => {
    const client = await host.connect();
    const logged = host.nextAccess();
    const headers = { 'X-Request-Id': 'r-1', Authorization: 'Bearer x', 'X-Twice': 'a' };
    client.request('GET /api/todo/items/1?x=%2F&y', headers);
    expect(await client.response()).toMatchObject({ status: 200, text: 'GET ', headers: { 'x-request-id': 'r-1' } });
    expect(target.received[0]).toMatchObject({ method: 'GET', url: '/api/todo/items/1?x=%2F&y' });
    expect(target.received[0]!.headers).toMatchObject({
      host: `127.0.0.1:${target.port}`,
      authorization: 'Bearer x',
      'x-request-id': 'r-1',
      'x-twice': 'a',
    });
    expect(await logged).toMatchObject({ pluginId: 'todo', upstream: target.origin, status: 200, requestId: 'r-1' });
  });

  it('needs no credentials here: the target looks at them', async () => {
    const client = await host.connect();
    expect(await client.request('GET /api/todo').response()).toMatchObject({ status: 200 });
    expect(target.received[0]!.url).toBe('/api/todo');
  });

  it('goes below the base URL that the topology says', async () => {
    host.topology.locations.set('other', { type: 'remote', process: 'p', baseUrls: [`${target.origin}/deep/base/`] });
    host.topology.locations.set('root', { type: 'remote', process: 'p', baseUrls: [target.origin] });
    const client = await host.connect();
    await client.request('GET /api/other/x?y').response();
    await client.request('GET /api/root?y').response();
    expect(target.received.map(({ url }) => url)).toEqual(['/deep/base/x?y', '/?y']);
  });

  it('goes where the DNS says, if that is asked', async () => {
    const resolve = async (): Promise<string[]> => [`${await deadOrigin()}/api/srv`, `${target.origin}/api/srv`];
    host.topology.locations.set('srv', { type: 'remote', process: 'p', baseUrls: [], resolve });
    host.topology.locations.set('lost', {
      type: 'remote',
      process: 'p',
      baseUrls: [],
      resolve: () => Promise.reject(new Error('no such name')),
    });
    const client = await host.connect();
    expect(await client.request('GET /api/srv/x').response()).toMatchObject({ status: 200 });
    expect(await client.request('GET /api/lost/x').errorResponse()).toMatchObject({
      status: 503,
      error: { code: 'ERR_FORWARD_UNREACHABLE' },
    });
  });

  it('is answered 404 when no process is known to run the plugin, and by the plugin of this process first', async () => {
    host.addPlugin('own').addAuthPolicy({ path: '/', allow: 'unauthenticated' });
    host.topology.place('own', target.origin);
    const client = await host.connect();
    expect(await client.request('GET /api/nobody').errorResponse()).toMatchObject({
      status: 404,
      error: { code: 'ERR_HTTP_UNKNOWN_PLUGIN' },
    });
    expect(await client.request('GET /api/own').errorResponse()).toMatchObject({ status: 404 });
    expect(target.received).toEqual([]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'by %s brings its body, be it of known length or in chunks',
    async (method) => {
      const client = await host.connect();
      client.request(`${method} /api/todo`, { 'Content-Length': '5' }, 'hello');
      expect(await client.response()).toMatchObject({ text: `${method} hello` });
      client.request(
        `${method} /api/todo`,
        { 'Transfer-Encoding': 'chunked' },
        '2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nX-Trailer: t\r\n\r\n',
      );
      expect(await client.response()).toMatchObject({ text: `${method} hello` });
      client.request(`${method} /api/todo`, { 'Content-Length': '0' });
      expect(await client.response()).toMatchObject({ text: `${method} ` });
      expect(target.received[0]!.headers).toMatchObject({ 'content-length': '5' });
      expect(target.received[1]!.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
      expect(target.received[1]!.headers).not.toHaveProperty('content-length');
    },
  );

  it('with a large body streams it, and keeps its length', async () => {
    const client = await host.connect();
    const body = 'x'.repeat(1_000_000);
    client.request('POST /api/todo', { 'Content-Length': String(body.length) }, body);
    expect((await client.response()).text).toHaveLength(body.length + 5);
    expect(target.received[0]!.headers).toMatchObject({ 'content-length': '1000000' });
  });

  it('that waits for a 100 gets it, and the target is not asked for one', async () => {
    const client = await host.connect();
    client.request('PUT /api/todo', { Expect: '100-continue', 'Content-Length': '5' });
    await once(client.socket, 'data');
    client.write('hello');
    expect(await client.response()).toMatchObject({ status: 200, text: 'PUT hello' });
    expect(target.received[0]!.headers).not.toHaveProperty('expect');
  });
});

describe('headers of a forwarded request', () => {
  it('that are about the connection stay here', async () => {
    const client = await host.connect();
    client.request('GET /api/todo', {
      Connection: 'keep-alive, X-Hop, te',
      'X-Hop': '1',
      'Keep-Alive': 'timeout=5',
      TE: 'trailers',
      Trailer: 'x-t',
      'Proxy-Authorization': 'Basic x',
      'Proxy-Connection': 'keep-alive',
      'X-Stays': '1',
    });
    await client.response();
    const { headers } = target.received[0]!;
    expect(Object.keys(headers).sort()).toEqual(
      [
        'connection',
        'host',
        'via',
        'x-forwarded-for',
        'x-forwarded-host',
        'x-forwarded-port',
        'x-forwarded-proto',
        'x-request-id',
        'x-stays',
      ].sort(),
    );
    expect(headers.connection).toBe('keep-alive');
  });

  it('tell where it comes from; what strangers say of that is replaced', async () => {
    const client = await host.connect();
    client.request('GET /api/todo', {
      Host: 'example.com:8080',
      'X-Forwarded-For': '1.2.3.4',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'evil',
      'X-Forwarded-Port': '1',
      'X-Forwarded-Prefix': '/evil',
      Forwarded: 'for=1.2.3.4',
      Via: '1.0 fred',
    });
    await client.response();
    const { headers } = target.received[0]!;
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'example.com:8080',
      'x-forwarded-port': '8080',
      via: expect.stringMatching(/^1\.0 fred, 1\.1 bulkhead-[0-9a-f]{12}$/),
    });
    expect(headers).not.toHaveProperty('forwarded');
    expect(headers).not.toHaveProperty('x-forwarded-prefix');
  });

  it('keep what trusted proxies say', async () => {
    await host.stop();
    host = await startForwardingHost({ backend: { trustProxy: 'loopback' } });
    host.topology.place('todo', target.origin);
    const client = await host.connect();
    client.request('GET /api/todo', {
      'X-Forwarded-For': '1.2.3.4, 10.0.0.1',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'example.com',
    });
    await client.response();
    expect(target.received[0]!.headers).toMatchObject({
      'x-forwarded-for': '1.2.3.4, 10.0.0.1, 127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'example.com',
      'x-forwarded-port': '443',
    });
  });

  it('that come twice arrive twice', async () => {
    const client = await host.connect();
    client.write('GET /api/todo HTTP/1.1\r\nHost: test\r\nX-A: 1\r\nCookie: a=1\r\nX-A: 2\r\n\r\n');
    await client.response();
    const { rawHeaders } = target.received[0]!;
    expect(rawHeaders.filter((_, index) => rawHeaders[index - 1] === 'X-A')).toEqual(['1', '2']);
  });

  it('that a loop has left reveal it', async () => {
    host.topology.place('todo', host.url);
    const client = await host.connect();
    expect(await client.request('GET /api/todo').errorResponse()).toMatchObject({
      status: 508,
      error: { code: 'ERR_FORWARD_LOOP' },
    });
  });
});

describe('a client that hangs up', () => {
  it('takes the request to the target with it', async () => {
    let aborted: Promise<unknown> | undefined;
    await replaceTarget(
      startStreamingTarget((request, response) => {
        request.resume();
        aborted = once(response, 'close');
      }),
    );
    const client = await host.connect();
    const logged = host.nextAccess();
    client.request('GET /api/todo');
    await until(() => aborted !== undefined);
    client.close();
    await aborted;
    expect(await logged).toMatchObject({ status: 499, upstream: target.origin });
    expect(host.upstreams.pick([target.origin])).toBe(target.origin);
  });

  it('in the middle of its body does not leave half a request with the target', async () => {
    const errors: unknown[] = [];
    await replaceTarget(
      startStreamingTarget((request) => {
        request.on('error', (error) => errors.push(error)).resume();
      }),
    );
    const client = await host.connect();
    client.request('POST /api/todo', { 'Transfer-Encoding': 'chunked' }, '5\r\nhello\r\n');
    await once(target.server, 'request');
    client.close();
    await until(() => errors.length > 0);
  });
});

describe('a target that fails', () => {
  it('is reported as unreachable without its address', async () => {
    const origin = await deadOrigin();
    host.topology.place('todo', origin);
    const client = await host.connect();
    const response = await client.request('GET /api/todo').errorResponse();
    expect(response).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', 'x-bulkhead-unprocessed': 'true' },
      error: { code: 'ERR_FORWARD_UNREACHABLE', message: "Plugin 'todo' cannot be reached" },
    });
    expect(response.text).not.toContain(origin.slice('http://127.0.0.1'.length));
    expect(host.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('failed with status 503') }),
    );
  });

  it('by taking too long is answered 504', async () => {
    await host.stop();
    host = await startForwardingHost({ backend: { upstreams: { headersTimeout: '50ms' } } });
    await replaceTarget(startStreamingTarget(() => undefined));
    const client = await host.connect();
    expect(await client.request('GET /api/todo').errorResponse()).toMatchObject({
      status: 504,
      error: { code: 'ERR_FORWARD_TIMEOUT' },
    });
  });

  it('by taking longer than the caller waits is answered 504', async () => {
    await replaceTarget(startStreamingTarget(() => undefined));
    const client = await host.connect();
    client.request('GET /api/todo', { 'X-Request-Timeout-Ms': '20' });
    expect(await client.errorResponse()).toMatchObject({ status: 504, error: { code: 'ERR_FORWARD_TIMEOUT' } });
  });

  it('by closing the connection is answered 502', async () => {
    await using raw = await startRawTarget((socket) => onRequest(socket, () => socket.destroy()));
    host.topology.place('todo', raw.origin);
    const client = await host.connect();
    expect(await client.request('POST /api/todo', { 'Content-Length': '1' }, 'x').errorResponse()).toMatchObject({
      status: 502,
      error: { code: 'ERR_FORWARD_BROKEN' },
    });
  });

  it('by speaking no HTTP is answered 502', async () => {
    await using raw = await startRawTarget((socket) => socket.once('data', () => socket.write('SSH-2.0-x\r\n\r\n')));
    host.topology.place('todo', raw.origin);
    const client = await host.connect();
    expect(await client.request('GET /api/todo').errorResponse()).toMatchObject({
      status: 502,
      error: { code: 'ERR_FORWARD_INVALID_ANSWER' },
    });
  });

  it('to free its connections is answered 503', async () => {
    await host.stop();
    host = await startForwardingHost({ backend: { upstreams: { connections: 1 } } });
    await replaceTarget(startStreamingTarget(() => undefined));
    const [first, second] = [await host.connect(), await host.connect()];
    first.request('GET /api/todo');
    await once(target.server, 'request');
    expect(await second.request('GET /api/todo').errorResponse()).toMatchObject({
      status: 503,
      error: { code: 'ERR_FORWARD_BUSY' },
    });
  });
});
