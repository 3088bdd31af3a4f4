import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startForwardingHost,
  onRequest,
  startRawTarget,
  startTarget,
  type ForwardingHost,
  type Target,
} from './forwarding-harness.ts';

let host: ForwardingHost;
let target: Target;

beforeEach(async () => {
  host = await startForwardingHost();
  target = await startTarget((request, response) => response.end(request.url));
  host.topology.place('todo', target.origin);
});

afterEach(async () => {
  await host.stop();
  await target[Symbol.asyncDispose]();
});

/** What follows a request whose end can be seen in two places. */
const SMUGGLED = 'GET /api/todo/smuggled HTTP/1.1\r\nHost: test\r\n\r\n';

describe('a request', () => {
  it.each([
    ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['chunks and a length', 'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd'],
    ['the same length twice', 'Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd'],
    ['a list of lengths', 'Content-Length: 4, 4\r\n\r\nabcd'],
    ['a signed length', 'Content-Length: +4\r\n\r\nabcd'],
    ['a hexadecimal length', 'Content-Length: 0x4\r\n\r\nabcd'],
    ['a folded header', 'X-A: 1\r\n Content-Length: 4\r\n\r\nabcd'],
    ['a folded transfer coding', 'Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'Content-Length : 4\r\n\r\nabcd'],
    ['a header without a name', ': 4\r\n\r\n'],
    ['a bare CR in a value', 'X-A: 1\rContent-Length: 4\r\n\r\nabcd'],
    ['a bare LF between headers', 'X-A: 1\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a NUL in a value', 'X-A: a\0b\r\n\r\n'],
    ['chunked not last', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['an unknown coding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['two codings', 'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['chunked twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a quoted coding', 'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n'],
    ['no host', undefined],
    ['two hosts', 'Host: other\r\n\r\n'],
  ])('with %s is refused, and so is what follows', async (_what, rest) => {
    const client = await host.connect();
    const head =
      rest === undefined ? 'POST /api/todo HTTP/1.1\r\n\r\n' : `POST /api/todo HTTP/1.1\r\nHost: test\r\n${rest}`;
    client.write(head + SMUGGLED);
    const text = await client.rest();
    expect(text).toMatch(/^HTTP\/1\.1 (?:400|501) /);
    expect(text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    expect(target.received).toEqual([]);
  });

  it.each([
    ['a length that is no number', 'zz\r\nhello\r\n0\r\n\r\n'],
    ['more than its length', '2\r\nhello\r\n0\r\n\r\n'],
    ['a bare LF after the length', '5\nhello\r\n0\r\n\r\n'],
    ['a bare LF after the data', '5\r\nhello\n0\r\n\r\n'],
    ['a length that is too long', 'fffffffffffffffff\r\nhello\r\n0\r\n\r\n'],
    ['a space before its length', ' 5\r\nhello\r\n0\r\n\r\n'],
    ['a CR in its extension', '5;a\rb\r\nhello\r\n0\r\n\r\n'],
  ])('with a chunk that has %s does not arrive', async (_what, body) => {
    const client = await host.connect();
    client.request('POST /api/todo', { 'Transfer-Encoding': 'chunked' }, body + SMUGGLED);
    const text = await client.rest();
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    expect(target.received).toEqual([]);
  });

  it('in absolute form is routed by its path alone, and the target sees the origin form', async () => {
    const client = await host.connect();
    client.request(`GET http://${target.origin.slice(7)}/.bulkhead/plugins`);
    expect(await client.response()).toMatchObject({ status: 401 });
    client.request('GET http://elsewhere.test/api/todo/x');
    expect(await client.response()).toMatchObject({ status: 200, text: '/api/todo/x' });
    expect(target.received[0]!.headers).toMatchObject({ host: `127.0.0.1:${target.port}`, 'x-forwarded-host': 'test' });
  });

  it.each(['/api/todo/../admin', '/api/todo/%2e%2e/admin', '/api/todo\\..\\admin', '/api/todo/%00', '/api/todo#x'])(
    'for %s, which another reader may resolve, is refused',
    async (path) => {
      const client = await host.connect();
      expect(await client.request(`GET ${path}`).errorResponse()).toMatchObject({
        status: 400,
        error: { code: 'ERR_HTTP_MALFORMED_TARGET' },
      });
      expect(target.received).toEqual([]);
    },
  );

  it('for a tunnel is refused', async () => {
    const client = await host.connect();
    client.request(`CONNECT ${target.origin.slice(7)}`);
    expect(await client.response()).toMatchObject({ status: 405 });
  });

  it('with a coding besides chunked is refused with a code', async () => {
    const client = await host.connect();
    client.request('POST /api/todo', { 'Transfer-Encoding': 'gzip, chunked' }, '0\r\n\r\n');
    expect(await client.errorResponse()).toMatchObject({ status: 501, error: { code: 'ERR_FORWARD_TRANSFER_CODING' } });
  });

  it('for another protocol cannot bring a body along', async () => {
    const client = await host.connect();
    client.request('GET /api/todo', { Connection: 'Upgrade', Upgrade: 'websocket', 'Content-Length': '48' }, SMUGGLED);
    expect(await client.errorResponse()).toMatchObject({ status: 400, error: { code: 'ERR_FORWARD_UPGRADE_BODY' } });
    expect(await client.rest()).toBe('');
    expect(target.received).toEqual([]);
  });

  it('whose headers are over the limit of this host does not arrive', async () => {
    const client = await host.connect();
    client.request('GET /api/todo', { 'X-Long': 'x'.repeat(20_000) });
    expect(await client.errorResponse()).toMatchObject({ status: 431 });
    expect(target.received).toEqual([]);
  });

  it('that is pipelined is answered in its turn', async () => {
    const client = await host.connect();
    client
      .request('GET /api/todo/1')
      .request('POST /api/todo/2', { 'Content-Length': '2' }, 'hi')
      .request('GET /api/todo/3');
    for (const id of [1, 2, 3]) expect(await client.response()).toMatchObject({ text: `/api/todo/${id}` });
  });
});

describe('a response', () => {
  it.each([
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd'],
    ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a bare CR in a value', 'X-A: 1\rSet-Cookie: x\r\nContent-Length: 0\r\n\r\n'],
    ['a NUL in a value', 'X-A: a\0b\r\nContent-Length: 0\r\n\r\n'],
    ['a body that is too short', 'Content-Length: 10\r\nConnection: close\r\n\r\nabcd'],
  ])('with %s is not passed on', async (_what, rest) => {
    await using raw = await startRawTarget((socket) =>
      onRequest(socket, () => socket.end(`HTTP/1.1 200 OK\r\n${rest}`)),
    );
    host.topology.place('raw', raw.origin);
    const client = await host.connect();
    expect(await client.request('POST /api/raw').errorResponse()).toMatchObject({ status: 502 });
  });

  it('that nobody has asked for is not taken for the answer to the next request', async () => {
    const answer = (text: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    await using raw = await startRawTarget((socket) => {
      socket.on('data', () => socket.write(answer('mine') + answer('smuggled')));
    });
    host.topology.place('raw', raw.origin);
    const client = await host.connect();
    for (let round = 0; round < 5; round++) {
      expect(await client.request('GET /api/raw').response()).toMatchObject({ status: 200, text: 'mine' });
    }
  });
});
