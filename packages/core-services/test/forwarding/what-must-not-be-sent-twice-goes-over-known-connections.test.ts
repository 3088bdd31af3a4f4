import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DirectHarness, OK, Outcome, over, REQUEST } from './direct-harness.ts';
import { QUESTION, until } from './forwarding-harness.ts';
import { stopClock } from './stop-clock.ts';

let harness: DirectHarness;
beforeEach(async () => {
  harness = await DirectHarness.start();
});
afterEach(async () => {
  jest.useRealTimers();
  await harness[Symbol.asyncDispose]();
});

describe('a request that must not be sent twice', () => {
  let requests: string[];

  /** Answers the question whether anybody is there, and all others with OK. */
  function listen(answerQuestion: (socket: Socket) => void): void {
    requests = [];
    harness.answer = (socket, request) => {
      requests.push(request.slice(0, request.indexOf(' HTTP/1.1')));
      if (request.startsWith(QUESTION)) answerQuestion(socket);
      else socket.write(OK);
    };
  }

  it('is sent over a new connection once the other side has answered on it', async () => {
    listen((socket) => socket.write(OK));
    const outcome = harness.send('POST', { introduction: 'prompt', body: Buffer.from('hi') });
    expect(await over(outcome)).toMatchObject({ status: 200, body: 'ok', isComplete: true });
    expect(requests).toEqual([QUESTION, 'POST /x?y']);
    await over(harness.send('POST', { introduction: 'prompt' }));
    expect(requests).toEqual([QUESTION, 'POST /x?y', 'POST /x?y']);
    expect(harness.target.sockets).toHaveLength(1);
  });

  it('is sent whatever the answer is', async () => {
    listen((socket) => socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nNot Found'));
    expect(await over(harness.send('POST', { introduction: 'prompt' }))).toMatchObject({ status: 200, body: 'ok' });
  });

  it('is not sent where the other side ends the connection after its answer', async () => {
    listen((socket) => socket.end(OK.replace('\r\n', '\r\nConnection: close\r\n')));
    expect(await over(harness.send('POST', { introduction: 'prompt' }))).toMatchObject({
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
    expect(await over(harness.send('POST', { introduction: 'prompt' }))).toMatchObject({ failure: 'not-kept' });
    await until(() => harness.gone.length === 1);
    expect(requests).toEqual([QUESTION]);
  });

  it('is not sent where the answer does not come to an end', async () => {
    harness.connect({ questionTimeout: 1 });
    listen((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no'));
    expect(await over(harness.send('POST', { introduction: 'patient' }))).toMatchObject({ failure: 'not-kept' });
    expect(harness.gone).toEqual(['other']);
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
    expect(await over(harness.send('POST', { introduction: 'prompt' }))).toMatchObject({ failure: 'not-sent', code });
    expect(requests).toEqual([QUESTION]);
  });

  it('is not sent to a process that says that it takes no requests', async () => {
    listen((socket) => {
      socket.write('HTTP/1.1 503 Service Unavailable\r\nX-Bulkhead-Unprocessed: true\r\nContent-Length: 2\r\n\r\n{}');
    });
    expect(await over(harness.send('POST', { introduction: 'prompt' }))).toMatchObject({
      failure: 'unprocessed',
      code: 'ERR_UPSTREAM_STOPS',
    });
    expect(requests).toEqual([QUESTION]);
  });

  it('is not sent when the other side does not say soon that it is there', async () => {
    harness.connect({ questionTimeout: 1 });
    listen(() => undefined);
    const outcome = harness.send('POST', { introduction: 'prompt' });
    expect(await over(outcome)).toMatchObject({ failure: 'not-sent', code: 'ERR_UPSTREAM_TIMEOUT' });
    expect(requests).toEqual([QUESTION]);
  });

  it('is sent as soon as the other side says that it is there, if there is nobody else', async () => {
    harness.connect({ questionTimeout: 1 });
    let asked: Socket | undefined;
    listen((socket) => void (asked = socket));
    const outcome = harness.send('POST', { introduction: 'patient' });
    await until(() => asked !== undefined);
    // Deadlines are looked at in the order of the connections.
    harness.answer = () => undefined;
    expect(await over(harness.send('GET', { headersTimeout: 1 }))).toMatchObject({ failure: 'too-slow' });
    // The time for the question is over before, and no longer matters.
    harness.answer = (socket) => void setTimeout(() => socket.write(OK), 2);
    asked!.write(OK);
    expect(await over(outcome)).toMatchObject({ status: 200, body: 'ok', failure: undefined });
  });

  it('is not sent either to somebody else whom there is when that takes as long as the request may', async () => {
    listen(() => undefined);
    const outcome = harness.send('POST', { introduction: 'patient', headersTimeout: 1 });
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
    const outcome = harness.send('POST', { introduction: 'prompt', deadline: clock.now + 1 });
    expect(await over(outcome)).toMatchObject({ failure: 'too-slow' });
    expect(requests).toEqual([QUESTION]);
  });

  it('has only the time that the question has left of it', async () => {
    const clock = stopClock();
    listen((socket) => {
      clock.advance(900);
      socket.write(OK);
    });
    const answerQuestion = harness.answer;
    harness.answer = (socket, request) => {
      if (request.startsWith(QUESTION)) answerQuestion(socket, request);
      else clock.advance(200);
    };
    const outcome = harness.send('POST', {
      introduction: 'prompt',
      headersTimeout: 60_000,
      deadline: clock.now + 1_000,
    });
    expect(await over(outcome)).toMatchObject({ failure: 'too-slow', code: 'ERR_UPSTREAM_TIMEOUT' });
    expect(requests).toEqual([QUESTION]);
  });

  it('is not sent when nobody waits for it any longer', async () => {
    let closed: Promise<unknown> | undefined;
    listen((socket) => void (closed = once(socket, 'end')));
    const outcome = new Outcome();
    const sent = harness.connections.send({ ...REQUEST, introduction: 'prompt' }, outcome);
    await until(() => closed !== undefined);
    sent.destroy();
    await closed;
    expect(outcome).toMatchObject({ isComplete: false, failure: undefined });
    expect(requests).toEqual([QUESTION]);
  });
});
