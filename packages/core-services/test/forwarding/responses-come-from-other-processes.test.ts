import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startForwardingHost,
  startStreamingTarget,
  startTarget,
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

describe('a response from another process', () => {
  const answering = (answer: (response: ServerResponse) => void): Promise<Target> =>
    startStreamingTarget((request, response) => {
      request.resume();
      answer(response);
    });

  it('comes with its status and headers, and without those that are about the connection', async () => {
    await replaceTarget(
      answering((response) => {
        response.writeHead(418, [
          ...['Content-Type', 'text/plain', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Content-Length', '2'],
          ...['Connection', 'X-Hop, keep-alive', 'X-Hop', '1', 'Proxy-Authenticate', 'Basic'],
          ...['Content-Security-Policy', 'own', 'X-Request-Id', 'forged'],
        ]);
        response.end('hi');
      }),
    );
    const client = await host.connect();
    client.write('GET /api/todo HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n');
    const text = await client.rest();
    expect(text).toMatch(/^HTTP\/1\.1 418 /);
    expect(text.match(/^set-cookie: .*$/gim)).toEqual(['Set-Cookie: a=1', 'Set-Cookie: b=2']);
    expect(text.match(/^content-security-policy: .*$/gim)).toEqual(['Content-Security-Policy: own']);
    expect(text).not.toMatch(/x-hop|proxy-authenticate|trailer|forged/i);
    expect(text.match(/^x-request-id: /gim)).toHaveLength(1);
  });

  it.each([
    ['HEAD', 200, '5'],
    ['GET', 204, undefined],
    ['GET', 304, '5'],
  ])('to %s with status %s has no body', async (method, status, length) => {
    await replaceTarget(
      answering((response) => {
        response.writeHead(status, length === undefined ? {} : { 'Content-Length': length, ETag: '"x"' }).end();
      }),
    );
    const client = await host.connect();
    client.request(`${method} /api/todo`, { Connection: 'close' });
    const text = await client.rest();
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toMatch(/\r\n\r\n$/);
    expect(/^content-length: (.*)$/im.exec(text)?.[1]).toBe(length);
  });

  it('in chunks comes in chunks, and to HTTP/1.0 until the end of the connection', async () => {
    await replaceTarget(
      answering((response) => {
        response.write('hello ');
        response.end('world');
      }),
    );
    const client = await host.connect();
    client.request('GET /api/todo', { Connection: 'close' });
    const text = await client.rest();
    expect(text).toMatch(/^transfer-encoding: chunked\r$/im);
    expect(text).toMatch(/\r\n\r\n6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n$/);
    const old = await host.connect();
    old.write('GET /api/todo HTTP/1.0\r\n\r\n');
    const plain = await old.rest();
    expect(plain).toMatch(/\r\n\r\nhello world$/);
    expect(plain).not.toMatch(/chunked/);
  });

  it.each([1, 20_000, 64 * 1024, 64 * 1024 + 1, 3_000_000])('of %i bytes comes unchanged', async (length) => {
    const body = Buffer.from(Array.from({ length }, (_, index) => (index * 31) % 256));
    await replaceTarget(
      answering((response) => {
        response.writeHead(200, { 'Content-Length': length }).end(body);
      }),
    );
    const client = await host.connect();
    const { text, headers } = await client.request('GET /api/todo').response();
    expect(headers['content-length']).toBe(String(length));
    expect(Buffer.from(text, 'latin1').equals(body)).toBe(true);
  });

  it('as a stream of events comes event by event, its head at once', async () => {
    let stream: ServerResponse | undefined;
    await replaceTarget(
      answering((response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.flushHeaders();
        stream = response;
      }),
    );
    const client = await host.connect();
    client.request('GET /api/todo/events');
    const next = async (): Promise<string> => ((await once(client.socket, 'data')) as [string])[0];
    expect(await next()).toMatch(/text\/event-stream/);
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      stream!.write(event);
      expect(await next()).toContain(event);
    }
    const closed = once(stream!, 'close');
    client.close();
    await closed;
  });

  it('is read no faster than the client takes it', async () => {
    let written = 0;
    await replaceTarget(
      startStreamingTarget((_request, response) => {
        const chunk = Buffer.alloc(256 * 1024);
        const write = (): void => {
          while (written < 200_000_000) {
            written += chunk.length;
            if (!response.write(chunk)) return;
          }
          response.end();
        };
        response.on('drain', write);
        write();
      }),
    );
    const client = await host.connect();
    client.socket.pause();
    client.request('GET /api/todo');
    let before = -1;
    while (written !== before) {
      before = written;
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(50_000_000);
    client.close();
  });

  it('may come before the request is complete, and takes part of the connection with it', async () => {
    await replaceTarget(
      startStreamingTarget(
        (_request, response) => void response.writeHead(413, { Connection: 'close' }).end('too much'),
      ),
    );
    const client = await host.connect();
    client.request('POST /api/todo', { 'Content-Length': '10000000' }, 'x'.repeat(100_000));
    expect(await client.response()).toMatchObject({ status: 413 });
  });

  it('is cut when its process dies in the middle', async () => {
    await replaceTarget(
      answering((response) => {
        response.writeHead(200, { 'Content-Type': 'text/plain' });
        response.write('half', () => response.destroy());
      }),
    );
    const client = await host.connect();
    client.request('GET /api/todo');
    const text = await client.rest();
    expect(text).toMatch(/4\r\nhalf\r\n$/);
    expect(host.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('after its response had begun') }),
    );
  });
});
