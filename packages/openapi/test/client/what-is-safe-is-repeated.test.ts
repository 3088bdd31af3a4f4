import { describe, expect, it } from '@jest/globals';
import { NotFoundError, toErrorBody } from '@bulkhead/errors';
import { settle } from './fake-clock.ts';
import { BUSY, GET, OK, POST, setUp, UPLOAD } from './policy-setup.ts';
import { refused, reset, type Script } from './scripted-transport.ts';

describe('Repetition', () => {
  it.each<[string, Script]>([
    ['where there was no connection', refused],
    ['after a connection broke', reset],
    ['after 502', { status: 502, body: '<html>' }],
    ['after 503', BUSY],
    ['after 504', { status: 504 }],
  ])('of what is safe to repeat: %s', async (_when, failure) => {
    const { clock, transport, call } = setUp([failure, OK]);
    const { value } = call();
    await clock.advance(50);
    await expect(value).resolves.toMatchObject({ body: { ok: true } });
    expect(transport.sent).toHaveLength(2);
  });

  it.each<[string, Script]>([
    ['404', { status: 404, body: toErrorBody(new NotFoundError('Gone')) }],
    ['429, which is for the caller to think about', { status: 429, headers: { 'retry-after': '0' } }],
    ['500', { status: 500 }],
  ])('is of no use after %s', async (_status, failure) => {
    const { clock, transport, call } = setUp([failure, OK]);
    const outcome = call();
    await clock.advance(10_000);
    expect(outcome.error).toBeDefined();
    expect(transport.sent).toHaveLength(1);
  });

  it('of a POST happens only when nothing was done', async () => {
    for (const failure of [refused, { ...BUSY, headers: { 'x-bulkhead-unprocessed': '1' } }]) {
      const { clock, transport, call } = setUp([failure, OK]);
      call(POST);
      await clock.advance(50);
      expect(transport.sent).toHaveLength(2);
    }
    for (const failure of [reset, BUSY]) {
      const { clock, transport, call } = setUp([failure, OK]);
      const outcome = call(POST);
      await clock.advance(10_000);
      expect(outcome.error).toBeDefined();
      expect(transport.sent).toHaveLength(1);
    }
  });

  it('of a stream is impossible, of other bodies not', async () => {
    const bodies: [unknown, number][] = [
      [new Blob(['x']).stream(), 1],
      [(async function* () {})(), 1],
      [new Uint8Array(1), 2],
      [new Blob(['x']), 2],
    ];
    for (const [body, attempts] of bodies) {
      const { clock, transport, call } = setUp([refused, OK]);
      call(UPLOAD, {}, body);
      await clock.advance(50);
      expect(transport.sent).toHaveLength(attempts);
    }
  });

  it('waits twice as long each time, up to a limit, less a random part', async () => {
    const { clock, transport, call } = setUp([BUSY], {
      random: 1,
      policy: { retries: 4, firstBackoff: 100, longestBackoff: 300 },
    });
    const outcome = call();
    const at: number[] = [];
    for (let time = 0; time <= 900; time += 10) {
      await clock.advance(time === 0 ? 0 : 10);
      if (transport.sent.length > at.length) at.push(time);
    }
    expect(at).toEqual([0, 100, 300, 600, 900]);
    expect(outcome.error).toMatchObject({ statusCode: 503 });
  });

  it('waits at least as long as the other side asks for, in seconds or until a date', async () => {
    const { clock, transport, call } = setUp([{ ...BUSY, headers: { 'retry-after': '2' } }, OK], { random: 0 });
    call();
    await clock.advance(1_999);
    expect(transport.sent).toHaveLength(1);
    await clock.advance(1);
    expect(transport.sent).toHaveLength(2);
    const date = setUp([{ ...BUSY, headers: { 'retry-after': new Date(Date.now() - 5_000).toUTCString() } }, OK], {
      random: 0,
    });
    date.call();
    await date.clock.advance(0);
    expect(date.transport.sent).toHaveLength(2);
  });

  it('does not begin when it would be too late', async () => {
    const { clock, transport, call } = setUp([{ ...BUSY, headers: { 'retry-after': '31' } }, OK]);
    const outcome = call();
    await settle();
    expect(outcome.error).toMatchObject({ statusCode: 503 });
    expect(transport.sent).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('can be left out, and asked for, by call', async () => {
    for (const [retries, attempts] of [
      [false, 1],
      [0, 1],
      [4, 5],
    ] as const) {
      const { clock, transport, call } = setUp([BUSY]);
      call(GET, { retries });
      await clock.advance(10_000);
      expect(transport.sent).toHaveLength(attempts);
    }
  });

  it('does not become a storm: of many calls that fail, a fifth is repeated', async () => {
    const { clock, transport, call } = setUp([BUSY], { policy: { breakerFailures: 0 } });
    for (let index = 0; index < 200; index++) call();
    await clock.advance(900);
    // 200 calls, a fifth of them, and ten to begin with.
    expect(transport.sent.length).toBeLessThanOrEqual(250);
    expect(transport.sent.length).toBeGreaterThan(240);
    // With time, there is something to spend again.
    await clock.advance(60_000);
    const before = transport.sent.length;
    call();
    await clock.advance(1_000);
    expect(transport.sent.length - before).toBe(3);
  });
});
