import { describe, expect, it } from '@jest/globals';
import { mockServices } from '../index.ts';

describe('mockServices.lifecycle', () => {
  it('runs hooks when told to, shutdown hooks in reverse order', async () => {
    const lifecycle = mockServices.rootLifecycle();
    const ran: string[] = [];
    lifecycle.addStartupHook(() => void ran.push('startup'));
    lifecycle.addDrainHook(() => void ran.push('drain'));
    lifecycle.addBeforeShutdownHook(async () => void ran.push('before'));
    lifecycle.addShutdownHook(() => void ran.push('first'));
    lifecycle.addShutdownHook(() => void ran.push('second'));
    await lifecycle.runStartupHooks();
    expect(() => lifecycle.addStartupHook(() => {})).toThrow(
      expect.objectContaining({ code: 'ERR_RUNTIME_LIFECYCLE_OVER' }),
    );
    await lifecycle.runBeforeShutdownHooks();
    await lifecycle.runDrainHooks();
    await lifecycle.runShutdownHooks();
    expect(ran).toEqual(['startup', 'before', 'drain', 'second', 'first']);
  });

  it('rejects with the failure of a hook after the others have run', async () => {
    const lifecycle = mockServices.lifecycle();
    const error = new RangeError('no');
    let ran = 0;
    lifecycle.addShutdownHook(() => void ran++);
    lifecycle.addShutdownHook(() => Promise.reject(error));
    await expect(lifecycle.runShutdownHooks()).rejects.toBe(error);
    expect(ran).toBe(1);
  });
});
