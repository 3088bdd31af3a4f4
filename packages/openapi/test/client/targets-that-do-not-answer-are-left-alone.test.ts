import { describe, expect, it } from '@jest/globals';
import { settle } from './fake-clock.ts';
import { GET, OK, setUp, type Call } from './policy-setup.ts';
import { refused } from './scripted-transport.ts';

describe('The breaker', () => {
  const policy = { retries: 0, breakerFailures: 3, breakerPause: 1_000 };

  async function callTimes(times: number, call: () => Call): Promise<Call> {
    let last!: Call;
    for (let index = 0; index < times; index++) {
      last = call();
      await settle();
    }
    return last;
  }

  it('opens after so many failures one after the other, and says until when', async () => {
    const { transport, breaker, call } = setUp([refused], { policy });
    expect((await callTimes(3, call)).error).toMatchObject({
      name: 'ServiceUnavailableError',
      code: 'ERR_CLIENT_UNREACHABLE',
    });
    const { error } = await callTimes(1, call);
    expect(error).toMatchObject({ name: 'ServiceUnavailableError', code: 'ERR_CLIENT_BREAKER_OPEN' });
    expect(error!.message).toBe(
      "'getIt' was not called: plugin 'todo' has failed too often, and is tried again in 1000 ms",
    );
    expect(transport.sent).toHaveLength(3);
    expect(breaker).toEqual([true]);
  });

  it('lets one call through after a pause, and closes when that succeeds', async () => {
    const { clock, transport, breaker, call } = setUp([refused], { policy });
    await callTimes(3, call);
    await clock.advance(1_000);
    transport.continueWith('silence');
    const probe = call(GET, { timeout: 100 });
    const other = call();
    await settle();
    expect(transport.sent).toHaveLength(4);
    expect(other.error).toMatchObject({ code: 'ERR_CLIENT_BREAKER_OPEN' });
    // A caller that has not waited for long proves nothing.
    await clock.advance(100);
    expect(probe.error).toMatchObject({ code: 'ERR_CLIENT_TIMEOUT' });
    transport.continueWith(OK);
    await expect(call().value).resolves.toMatchObject({ status: 200 });
    await expect(call().value).resolves.toMatchObject({ status: 200 });
    expect(breaker).toEqual([true, false]);
  });

  it('waits longer each time that the call after the pause fails', async () => {
    const { clock, transport, call } = setUp([refused], { policy });
    await callTimes(3, call);
    for (const pause of [1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      await clock.advance(pause - 1);
      expect((await callTimes(1, call)).error).toMatchObject({ code: 'ERR_CLIENT_BREAKER_OPEN' });
      await clock.advance(1);
      expect((await callTimes(1, call)).error).toMatchObject({ code: 'ERR_CLIENT_UNREACHABLE' });
    }
    expect(transport.sent).toHaveLength(9);
  });

  it('takes answers for answers, whatever they say', async () => {
    for (const status of [400, 404, 429, 500]) {
      const { transport, call } = setUp([{ status }], { policy });
      await callTimes(10, call);
      expect(transport.sent).toHaveLength(10);
    }
  });

  it('stays closed while calls succeed in between, as with one replica of two', async () => {
    const { transport, call } = setUp([refused, refused, OK, refused, refused, OK, refused, refused, OK], { policy });
    await callTimes(9, call);
    expect(transport.sent).toHaveLength(9);
  });

  it('opens when there is no answer in the time that there should be, but not for callers in a hurry', async () => {
    const patient = setUp(['silence'], { policy: { ...policy, timeout: 1_000 } });
    for (let index = 0; index < 3; index++) patient.call();
    await patient.clock.advance(1_000);
    expect((await callTimes(1, patient.call)).error).toMatchObject({ code: 'ERR_CLIENT_BREAKER_OPEN' });
    const hurried = setUp(['silence'], { policy: { ...policy, timeout: 1_000 } });
    for (let index = 0; index < 30; index++) hurried.call(GET, { timeout: 10 });
    await hurried.clock.advance(1_000);
    expect(hurried.transport.sent).toHaveLength(30);
  });

  it('does not open when the other side has given up for callers in a hurry, as it was told to', async () => {
    const timeout = { ...policy, timeout: 1_000 };
    const hurried = setUp([{ status: 504 }], { policy: timeout, deadlineIn: 10 });
    await callTimes(30, hurried.call);
    expect(hurried.transport.sent).toHaveLength(30);
    const patient = setUp([{ status: 504 }], { policy: timeout });
    await callTimes(30, patient.call);
    expect(patient.transport.sent).toHaveLength(3);
  });

  it('ends repetitions, with the error that there was', async () => {
    const { clock, transport, call } = setUp([refused], { policy: { ...policy, retries: 10 } });
    const outcome = call();
    await clock.advance(10_000);
    expect(outcome.error).toMatchObject({ code: 'ERR_CLIENT_UNREACHABLE' });
    expect(transport.sent).toHaveLength(3);
  });
});
