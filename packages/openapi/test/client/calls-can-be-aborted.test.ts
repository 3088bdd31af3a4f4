import { describe, expect, it } from '@jest/globals';
import { settle } from './fake-clock.ts';
import { BUSY, GET, setUp } from './policy-setup.ts';

describe('A signal', () => {
  it('ends a call, a pause, and one that was aborted before', async () => {
    const controller = new AbortController();
    const { clock, transport, call } = setUp(['silence'], {});
    const outcome = call(GET, { signal: controller.signal });
    await settle();
    controller.abort('enough');
    await settle();
    expect(outcome.error).toMatchObject({ code: 'ERR_CLIENT_ABORTED', statusCode: 499, cause: 'enough' });
    expect(clock.pending).toBe(0);
    const again = call(GET, { signal: controller.signal });
    await settle();
    expect(again.error).toMatchObject({ code: 'ERR_CLIENT_ABORTED' });
    expect(transport.sent).toHaveLength(1);
    const pausing = setUp([BUSY]);
    const later = new AbortController();
    const paused = pausing.call(GET, { signal: later.signal });
    await settle();
    later.abort();
    await settle();
    expect(paused.error).toMatchObject({ code: 'ERR_CLIENT_ABORTED' });
    expect(pausing.clock.pending).toBe(0);
  });
});
