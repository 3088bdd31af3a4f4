import { describe, expect, it } from '@jest/globals';
import { executionContext } from './execution-context.ts';

describe('executionContext', () => {
  it('is unknown outside of a plugin', () => {
    expect(executionContext.current()).toBeUndefined();
  });

  it('follows what the code starts, nested and side by side', async () => {
    const seen = async () => {
      await new Promise(setImmediate);
      return executionContext.current()?.pluginId;
    };
    const inOne = executionContext.run({ pluginId: 'one' }, () =>
      Promise.all([seen(), executionContext.run({ pluginId: 'inner' }, seen), seen()]),
    );
    const inTwo = executionContext.run({ pluginId: 'two', requestId: 'r' }, seen);
    expect(await Promise.all([inOne, inTwo, seen()])).toEqual([['one', 'inner', 'one'], 'two', undefined]);
  });
});
