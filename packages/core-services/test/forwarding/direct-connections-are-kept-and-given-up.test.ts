import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectHarness, OK, Outcome, over, REQUEST } from './direct-harness.ts';
import { deadOrigin, until } from './forwarding-harness.ts';

let harness: DirectHarness;
beforeEach(async () => {
  harness = await DirectHarness.start();
});
afterEach(() => harness[Symbol.asyncDispose]());

describe('a direct connection', () => {
  it('carries one request after the other', async () => {
    const requests: string[] = [];
    harness.answer = (socket, request) => {
      requests.push(request);
      socket.write(OK);
    };
    expect(await over(harness.send())).toMatchObject({ status: 200, body: 'ok', isComplete: true });
    await over(harness.send('POST', { body: Buffer.from('hi') }));
    await over(harness.send('POST'));
    await over(harness.send('DELETE'));
    const authority = new URL(harness.target.origin).host;
    const head = (line: string): string =>
      `${line} /x?y HTTP/1.1\r\nHost: ${authority}\r\nConnection: keep-alive\r\nX-A: 1\r\n`;
    expect(requests).toEqual([
      `${head('GET')}\r\n`,
      `${head('POST')}Content-Length: 2\r\n\r\nhi`,
      `${head('POST')}Content-Length: 0\r\n\r\n`,
      `${head('DELETE')}\r\n`,
    ]);
    expect(harness.target.sockets).toHaveLength(1);
  });

  it('is not shared by requests that are under way together', async () => {
    harness.answer = (socket) => setImmediate(() => socket.write(OK));
    await Promise.all([harness.send(), harness.send(), harness.send()].map(over));
    expect(harness.target.sockets).toHaveLength(3);
    await over(harness.send());
    expect(harness.target.sockets).toHaveLength(3);
  });

  it('reads a response in whatever pieces it comes, interim ones before it', async () => {
    harness.answer = (socket) => {
      const response =
        'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n';
      let at = 0;
      const writeNext = (): void => {
        if (at < response.length) socket.write(response[at++]!, () => setImmediate(writeNext));
      };
      writeNext();
    };
    expect(await over(harness.send())).toMatchObject({ status: 200, body: 'hello', isComplete: true });
    expect(harness.target.sockets).toHaveLength(1);
  });

  it('reads a response that ends with the connection', async () => {
    harness.answer = (socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nall of it');
    expect(await over(harness.send())).toMatchObject({ body: 'all of it', isComplete: true });
    expect(harness.gone).toEqual(['ended-after-response']);
  });

  it('is given up after a response that says so, or that more follows', async () => {
    harness.answer = (socket) => socket.write(OK.replace('\r\n', '\r\nConnection: close\r\n'));
    await over(harness.send());
    harness.answer = (socket) => socket.write(`${OK}HTTP/1.1`);
    await over(harness.send());
    expect(harness.gone).toEqual(['ended-after-response', 'ended-after-response']);
  });

  it('is given up when the other side ends it, or says something, while it is idle', async () => {
    harness.answer = (socket) => socket.write(OK);
    await over(harness.send());
    harness.target.sockets[0]!.end();
    await until(() => harness.gone.length === 1);
    await over(harness.send());
    harness.target.sockets[1]!.write(OK);
    await until(() => harness.gone.length === 2);
    expect(harness.gone).toEqual(['ended-idle', 'ended-idle']);
    expect(await over(harness.send())).toMatchObject({ isComplete: true });
  });

  it('is given up before the other side would end it', async () => {
    harness.answer = (socket) => socket.write(OK.replace('\r\n', '\r\nKeep-Alive: timeout=1\r\n'));
    await over(harness.send());
    await over(harness.send());
    expect(harness.target.sockets).toHaveLength(2);
  });

  it('is given up when it has idled for long', async () => {
    harness.connections.destroy();
    harness.connect({ keepAliveTimeout: 1 });
    harness.answer = (socket) => socket.write(OK);
    await over(harness.send());
    await once(harness.target.sockets[0]!, 'end');
    expect(harness.gone).toEqual(['other']);
  });

  it('is read no faster than wanted', async () => {
    harness.answer = (socket) =>
      void socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n${'x'.repeat(50_000_000)}`);
    const outcome = new Outcome();
    outcome.isFull = true;
    harness.connections.send(REQUEST, outcome);
    await until(() => outcome.body.length > 0);
    for (let turn = 0; turn < 500; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(outcome.body.length).toBeLessThan(50_000_000);
    outcome.isFull = false;
    outcome.resume!();
    await over(outcome);
    expect(outcome.body).toHaveLength(50_000_000);
  });

  it('tells nothing more to whoever hangs up', async () => {
    let closed: Promise<unknown> | undefined;
    harness.answer = (socket) => void (closed = once(socket, 'end'));
    const outcome = new Outcome();
    const sent = harness.connections.send(REQUEST, outcome);
    await until(() => closed !== undefined);
    sent.destroy();
    await closed;
    expect(outcome).toMatchObject({ isComplete: false, failure: undefined });
  });
});

describe('a request on a direct connection fails', () => {
  it('because there is no connection', async () => {
    harness.connect({}, await deadOrigin());
    expect(await over(harness.send())).toMatchObject({ failure: 'not-sent', code: 'ECONNREFUSED' });
  });

  it('because the connection is closed too early', async () => {
    harness.answer = (socket) => socket.end();
    expect(await over(harness.send())).toMatchObject({ failure: 'broken', code: 'ERR_UPSTREAM_CLOSED' });
    harness.answer = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    expect(await over(harness.send())).toMatchObject({ failure: 'broken', status: 200, code: 'ERR_UPSTREAM_CLOSED' });
    harness.answer = (socket) => socket.resetAndDestroy();
    expect(await over(harness.send())).toMatchObject({ failure: 'broken', code: 'ECONNRESET' });
  });

  it('because it takes too long, be it in the middle of a body', async () => {
    harness.answer = () => undefined;
    expect(await over(harness.send('GET', { headersTimeout: 1 }))).toMatchObject({
      failure: 'too-slow',
      code: 'ERR_UPSTREAM_TIMEOUT',
    });
    harness.connections.destroy();
    harness.connect({ bodyTimeout: 1 });
    harness.answer = (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    expect(await over(harness.send())).toMatchObject({
      failure: 'too-slow',
      body: 'half',
      code: 'ERR_UPSTREAM_TIMEOUT',
    });
  });

  it.each([
    ['is no HTTP', 'SSH-2.0\r\n\r\n'],
    ['has an endless head', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`],
    ['changes the protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['has a malformed chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n'],
  ])('because the answer %s', async (_what, response) => {
    harness.answer = (socket) => socket.write(response);
    expect(await over(harness.send())).toMatchObject({ failure: 'invalid-answer', code: 'ERR_UPSTREAM_RESPONSE' });
  });
});
