import { describe, expect, it } from '@jest/globals';
import { settle } from './fake-clock.ts';
import { BUSY, FOLLOW, GET, OK, setUp } from './policy-setup.ts';

describe('The deadline', () => {
  it('is told to the other side, as what is left of it', async () => {
    const { clock, transport, call } = setUp([BUSY, OK]);
    const { value } = call(GET, { timeout: 10_000 });
    await clock.advance(50);
    await expect(value).resolves.toMatchObject({ status: 200 });
    expect(transport.sent.map(({ headers }) => headers['x-request-timeout-ms'])).toEqual(['10000', '9950']);
    expect(clock.pending).toBe(0);
  });

  it('is 30 seconds unless somebody says otherwise, and never beyond that of the caller', async () => {
    const { transport, call } = setUp([OK]);
    await call().value;
    expect(transport.sent[0]!.headers['x-request-timeout-ms']).toBe('30000');
    const shortened = setUp([OK], { deadlineIn: 1_200 });
    await shortened.call(GET, { timeout: 5_000 }).value;
    expect(shortened.transport.sent[0]!.headers['x-request-timeout-ms']).toBe('1200');
  });

  it('ends a call, over all attempts', async () => {
    const { clock, transport, call } = setUp([BUSY, 'silence']);
    const outcome = call(GET, { timeout: 1_000 });
    await clock.advance(999);
    expect(outcome.error).toBeUndefined();
    await clock.advance(1);
    expect(outcome.error).toMatchObject({ name: 'GatewayTimeoutError', code: 'ERR_CLIENT_TIMEOUT' });
    expect(outcome.error!.message).toBe("'getIt' of plugin 'todo' was not answered within 1000 ms");
    expect(transport.sent).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('that has passed already lets nothing be sent', async () => {
    const { transport, call } = setUp([OK], { deadlineIn: 0 });
    const outcome = call();
    await settle();
    expect(outcome.error).toMatchObject({ code: 'ERR_CLIENT_TIMEOUT' });
    expect(transport.sent).toEqual([]);
  });

  it('is over for a stream once that has begun', async () => {
    const { clock, transport, call } = setUp([
      { status: 200, body: 'data: 1\n\n', headers: { 'content-type': 'text/event-stream' } },
    ]);
    const { body } = await call(FOLLOW).value;
    await clock.advance(60_000);
    const events: unknown[] = [];
    for await (const event of body as AsyncIterable<unknown>) events.push(event);
    expect(events).toEqual([{ data: 1 }]);
    expect(transport.sent[0]!.headers).not.toHaveProperty('x-request-timeout-ms');
  });
});
