import { describe, expect, it } from '@jest/globals';
import { stopAfterTests, stopAll } from './stop-after-tests.ts';

describe('stopAfterTests', () => {
  it('stops what is left, the latest first, and reports a failure in the end', async () => {
    const stopped: string[] = [];
    const error = new RangeError('no');
    stopAfterTests(() => void stopped.push('first'));
    stopAfterTests(() => Promise.reject(error));
    const cancel = stopAfterTests(() => void stopped.push('cancelled'));
    stopAfterTests(async () => void stopped.push('last'));
    cancel();
    await expect(stopAll()).rejects.toBe(error);
    expect(stopped).toEqual(['last', 'first']);
    await stopAll();
    expect(stopped).toEqual(['last', 'first']);
  });
});
