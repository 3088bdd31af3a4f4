import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DirectConnections, type DirectConnectionsOptions } from '../../src/upstreams/direct/direct-connections.ts';
import type { DirectFailure, DirectReceiver, DirectRequest } from '../../src/upstreams/direct/direct-request.ts';
import { deadOrigin, QUESTION, startRawTarget, until, type RawTarget } from './forwarding-harness.ts';
import { stopClock } from './stop-clock.ts';

/** What became of a request. */
class Outcome implements DirectReceiver {
  status: number | undefined;
  headers: readonly string[] = [];
  body = '';
  isComplete = false;
  failure: DirectFailure | undefined;
  code: unknown;
  /** Chunks that are too much, until `resume` is called. */
  isFull = false;
  resume: (() => void) | undefined;

  onSent(): void {}
  onHead(status: number, headers: readonly string[], resume: () => void): void {
    this.status = status;
    this.headers = headers;
    this.resume = resume;
  }
  onChunk(chunk: Buffer): boolean {
    this.body += chunk.toString('latin1');
    return !this.isFull;
  }
  onEnd(): void {
    this.isComplete = true;
  }
  onFailure(failure: DirectFailure, cause: Error): void {
    this.failure = failure;
    this.code = (cause as { code?: unknown }).code;
  }
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

let target: RawTarget;
let answer: (socket: Socket, request: string) => void;
let connections: DirectConnections;
let gone: string[];

beforeEach(async () => {
  target = await startRawTarget((socket) => socket.on('data', (bytes) => answer(socket, bytes.toString('latin1'))));
  connections = connect(target.origin);
});

afterEach(async () => {
  jest.useRealTimers();
  connections.destroy();
  await target[Symbol.asyncDispose]();
});

function connect(origin: string, times: Partial<DirectConnectionsOptions> = {}): DirectConnections {
  const { hostname, port, host } = new URL(origin);
  gone = [];
  return new DirectConnections(
    {
      host: hostname,
      port: Number(port),
      authority: host,
      connectTimeout: 5_000,
      bodyTimeout: 0,
      keepAliveTimeout: 4_000,
      questionTimeout: 60_000,
      ...times,
    },
    (reason) => gone.push(reason),
  );
}

const REQUEST: DirectRequest = {
  method: 'GET',
  path: '/x?y',
  lines: 'X-A: 1\r\n',
  body: null,
  headersTimeout: 0,
  deadline: Infinity,
  introduction: 'none',
};

function send(method = 'GET', options: Partial<DirectRequest> = {}): Outcome {
  const outcome = new Outcome();
  connections.send({ ...REQUEST, method, ...options }, outcome);
  return outcome;
}

async function over(outcome: Outcome): Promise<Outcome> {
  await until(() => outcome.isComplete || outcome.failure !== undefined);
  return outcome;
}

describe('a direct connection', () => {
  it('carries one request after the other', async () => {
    const requests: string[] = [];
    answer = (socket, request) => {
      requests.push(request);
      socket.write(OK);
    };
    expect(await over(send())).toMatchObject({ status: 200, body: 'ok', isComplete: true });
    await over(send('POST', { body: Buffer.from('hi') }));
    await over(send('POST'));
    await over(send('DELETE'));
    const authority = new URL(target.origin).host;
    const head = (line: string): string =>
      `${line} /x?y HTTP/1.1\r\nHost: ${authority}\r\nConnection: keep-alive\r\nX-A: 1\r\n`;
    expect(requests).toEqual([
      `${head('GET')}\r\n`,
      `${head('POST')}Content-Length: 2\r\n\r\nhi`,
      `${head('POST')}Content-Length: 0\r\n\r\n`,
      `${head('DELETE')}\r\n`,
    ]);
    expect(target.sockets).toHaveLength(1);
  });

  it('is not shared by requests that are under way together', async () => {
    answer = (socket) => setImmediate(() => socket.write(OK));
    await Promise.all([send(), send(), send()].map(over));
    expect(target.sockets).toHaveLength(3);
    await over(send());
    expect(target.sockets).toHaveLength(3);
  });

  it('reads a response in whatever pieces it comes, interim ones before it', async () => {
    answer = (socket) => {
      const response =
        'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n';
      let at = 0;
      const writeNext = (): void => {
        if (at < response.length) socket.write(response[at++]!, () => setImmediate(writeNext));
      };
      writeNext();
    };
    expect(await over(send())).toMatchObject({ status: 200, body: 'hello', isComplete: true });
    expect(target.sockets).toHaveLength(1);
  });

  it('reads a response that ends with the connection', async () => {
    answer = (socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nall of it');
    expect(await over(send())).toMatchObject({ body: 'all of it', isComplete: true });
    expect(gone).toEqual(['ended-after-response']);
  });

  it('is given up after a response that says so, or that more follows', async () => {
    answer = (socket) => socket.write(OK.replace('\r\n', '\r\nConnection: close\r\n'));
    await over(send());
    answer = (socket) => socket.write(`${OK}HTTP/1.1`);
    await over(send());
    expect(gone).toEqual(['ended-after-response', 'ended-after-response']);
  });

  it('is given up when the other side ends it, or says something, while it is idle', async () => {
    answer = (socket) => socket.write(OK);
    await over(send());
    target.sockets[0]!.end();
    await until(() => gone.length === 1);
    await over(send());
    target.sockets[1]!.write(OK);
    await until(() => gone.length === 2);
    expect(gone).toEqual(['ended-idle', 'ended-idle']);
    expect(await over(send())).toMatchObject({ isComplete: true });
  });

  it('is given up before the other side would end it', async () => {
    answer = (socket) => socket.write(OK.replace('\r\n', '\r\nKeep-Alive: timeout=1\r\n'));
    await over(send());
    await over(send());
    expect(target.sockets).toHaveLength(2);
  });

  it('is given up when it has idled for long', async () => {
    connections.destroy();
    connections = connect(target.origin, { keepAliveTimeout: 1 });
    answer = (socket) => socket.write(OK);
    await over(send());
    await once(target.sockets[0]!, 'end');
    expect(gone).toEqual(['other']);
  });

  it('is read no faster than wanted', async () => {
    answer = (socket) =>
      void socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n${'x'.repeat(50_000_000)}`);
    const outcome = new Outcome();
    outcome.isFull = true;
    connections.send(REQUEST, outcome);
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
    answer = (socket) => void (closed = once(socket, 'end'));
    const outcome = new Outcome();
    const sent = connections.send(REQUEST, outcome);
    await until(() => closed !== undefined);
    sent.destroy();
    await closed;
    expect(outcome).toMatchObject({ isComplete: false, failure: undefined });
  });
});

describe('a request that must not be sent twice', () => {
  let requests: string[];

  /** Answers the question whether anybody is there, and all others with OK. */
  function listen(answerQuestion: (socket: Socket) => void): void {
    requests = [];
    answer = (socket, request) => {
      requests.push(request.slice(0, request.indexOf(' HTTP/1.1')));
      if (request.startsWith(QUESTION)) answerQuestion(socket);
      else socket.write(OK);
    };
  }

  it('is sent over a new connection once the other side has answered on it', async () => {
    listen((socket) => socket.write(OK));
    const outcome = send('POST', { introduction: 'prompt', body: Buffer.from('hi') });
    expect(await over(outcome)).toMatchObject({ status: 200, body: 'ok', isComplete: true });
    expect(requests).toEqual([QUESTION, 'POST /x?y']);
    await over(send('POST', { introduction: 'prompt' }));
    expect(requests).toEqual([QUESTION, 'POST /x?y', 'POST /x?y']);
    expect(target.sockets).toHaveLength(1);
  });

  it('is sent whatever the answer is', async () => {
    listen((socket) => socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nNot Found'));
    expect(await over(send('POST', { introduction: 'prompt' }))).toMatchObject({ status: 200, body: 'ok' });
  });

  it('is not sent where the other side ends the connection after its answer', async () => {
    listen((socket) => socket.end(OK.replace('\r\n', '\r\nConnection: close\r\n')));
    expect(await over(send('POST', { introduction: 'prompt' }))).toMatchObject({
      failure: 'not-kept',
      code: 'ERR_UPSTREAM_CLOSED',
    });
    expect(requests).toEqual([QUESTION]);
  });

  it('is not sent where the answer is a long one', async () => {
    listen((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      for (let chunk = 0; chunk < 20; chunk++) socket.write(`400\r\n${'x'.repeat(1_024)}\r\n`);
    });
    expect(await over(send('POST', { introduction: 'prompt' }))).toMatchObject({ failure: 'not-kept' });
    await until(() => gone.length === 1);
    expect(requests).toEqual([QUESTION]);
  });

  it('is not sent where the answer does not come to an end', async () => {
    connections = connect(target.origin, { questionTimeout: 1 });
    listen((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no'));
    expect(await over(send('POST', { introduction: 'patient' }))).toMatchObject({ failure: 'not-kept' });
    expect(gone).toEqual(['other']);
    expect(requests).toEqual([QUESTION]);
  });

  it.each([
    ['ends', (socket: Socket) => socket.end(), 'ERR_UPSTREAM_CLOSED'],
    ['is reset', (socket: Socket) => socket.resetAndDestroy(), 'ECONNRESET'],
    [
      'is one to somebody who speaks no HTTP',
      (socket: Socket) => socket.write('SSH-2\r\n\r\n'),
      'ERR_UPSTREAM_RESPONSE',
    ],
  ])('is not sent when the new connection %s', async (_what, answerQuestion, code) => {
    listen(answerQuestion);
    expect(await over(send('POST', { introduction: 'prompt' }))).toMatchObject({ failure: 'not-sent', code });
    expect(requests).toEqual([QUESTION]);
  });

  it('is not sent to a process that says that it takes no requests', async () => {
    listen((socket) => {
      socket.write('HTTP/1.1 503 Service Unavailable\r\nX-Bulkhead-Unprocessed: true\r\nContent-Length: 2\r\n\r\n{}');
    });
    expect(await over(send('POST', { introduction: 'prompt' }))).toMatchObject({
      failure: 'unprocessed',
      code: 'ERR_UPSTREAM_STOPS',
    });
    expect(requests).toEqual([QUESTION]);
  });

  it('is not sent when the other side does not say soon that it is there', async () => {
    connections = connect(target.origin, { questionTimeout: 1 });
    listen(() => undefined);
    const outcome = send('POST', { introduction: 'prompt' });
    expect(await over(outcome)).toMatchObject({ failure: 'not-sent', code: 'ERR_UPSTREAM_TIMEOUT' });
    expect(requests).toEqual([QUESTION]);
  });

  it('is sent as soon as the other side says that it is there, if there is nobody else', async () => {
    connections = connect(target.origin, { questionTimeout: 1 });
    let asked: Socket | undefined;
    listen((socket) => void (asked = socket));
    const outcome = send('POST', { introduction: 'patient' });
    await until(() => asked !== undefined);
    // Deadlines are looked at in the order of the connections.
    answer = () => undefined;
    expect(await over(send('GET', { headersTimeout: 1 }))).toMatchObject({ failure: 'too-slow' });
    // The time for the question is over before, and no longer matters.
    answer = (socket) => void setTimeout(() => socket.write(OK), 2);
    asked!.write(OK);
    expect(await over(outcome)).toMatchObject({ status: 200, body: 'ok', failure: undefined });
  });

  it('is not sent either to somebody else whom there is when that takes as long as the request may', async () => {
    listen(() => undefined);
    const outcome = send('POST', { introduction: 'patient', headersTimeout: 1 });
    expect(await over(outcome)).toMatchObject({ failure: 'not-sent', code: 'ERR_UPSTREAM_TIMEOUT' });
  });

  it.each([
    ['for an answer', () => undefined],
    ['for the end of an answer', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no')],
  ])('is too slow when nobody waits any longer %s', async (_what, answerQuestion) => {
    const clock = stopClock();
    listen((socket) => {
      clock.advance(1);
      answerQuestion(socket);
    });
    const outcome = send('POST', { introduction: 'prompt', deadline: clock.now + 1 });
    expect(await over(outcome)).toMatchObject({ failure: 'too-slow' });
    expect(requests).toEqual([QUESTION]);
  });

  it('has only the time that the question has left of it', async () => {
    const clock = stopClock();
    listen((socket) => {
      clock.advance(900);
      socket.write(OK);
    });
    const answerQuestion = answer;
    answer = (socket, request) => {
      if (request.startsWith(QUESTION)) answerQuestion(socket, request);
      else clock.advance(200);
    };
    const outcome = send('POST', { introduction: 'prompt', headersTimeout: 60_000, deadline: clock.now + 1_000 });
    expect(await over(outcome)).toMatchObject({ failure: 'too-slow', code: 'ERR_UPSTREAM_TIMEOUT' });
    expect(requests).toEqual([QUESTION]);
  });

  it('is not sent when nobody waits for it any longer', async () => {
    let closed: Promise<unknown> | undefined;
    listen((socket) => void (closed = once(socket, 'end')));
    const outcome = new Outcome();
    const sent = connections.send({ ...REQUEST, introduction: 'prompt' }, outcome);
    await until(() => closed !== undefined);
    sent.destroy();
    await closed;
    expect(outcome).toMatchObject({ isComplete: false, failure: undefined });
    expect(requests).toEqual([QUESTION]);
  });
});

describe('a request on a direct connection fails', () => {
  it('because there is no connection', async () => {
    connections = connect(await deadOrigin());
    expect(await over(send())).toMatchObject({ failure: 'not-sent', code: 'ECONNREFUSED' });
  });

  it('because the connection is closed too early', async () => {
    answer = (socket) => socket.end();
    expect(await over(send())).toMatchObject({ failure: 'broken', code: 'ERR_UPSTREAM_CLOSED' });
    answer = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    expect(await over(send())).toMatchObject({ failure: 'broken', status: 200, code: 'ERR_UPSTREAM_CLOSED' });
    answer = (socket) => socket.resetAndDestroy();
    expect(await over(send())).toMatchObject({ failure: 'broken', code: 'ECONNRESET' });
  });

  it('because it takes too long, be it in the middle of a body', async () => {
    answer = () => undefined;
    expect(await over(send('GET', { headersTimeout: 1 }))).toMatchObject({
      failure: 'too-slow',
      code: 'ERR_UPSTREAM_TIMEOUT',
    });
    connections.destroy();
    connections = connect(target.origin, { bodyTimeout: 1 });
    answer = (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    expect(await over(send())).toMatchObject({ failure: 'too-slow', body: 'half', code: 'ERR_UPSTREAM_TIMEOUT' });
  });

  it.each([
    ['is no HTTP', 'SSH-2.0\r\n\r\n'],
    ['has an endless head', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`],
    ['changes the protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['has a malformed chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n'],
  ])('because the answer %s', async (_what, response) => {
    answer = (socket) => socket.write(response);
    expect(await over(send())).toMatchObject({ failure: 'invalid-answer', code: 'ERR_UPSTREAM_RESPONSE' });
  });
});
