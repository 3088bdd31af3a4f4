import { describe, expect, it } from '@jest/globals';
import { takeTurns, type Pass } from './take-turns.ts';

describe('takeTurns', () => {
  const steps = (name: string, count: number, done: string[]) => async (pass: Pass) => {
    for (let step = 0; step < count; step++) {
      await pass();
      done.push(`${name}${step} begins`);
      await new Promise(setImmediate);
      done.push(`${name}${step} ends`);
    }
    return name;
  };

  it('lets only one be at work, step by step', async () => {
    const done: string[] = [];
    expect(await takeTurns([steps('a', 2, done), steps('b', 2, done)])).toEqual(['a', 'b']);
    const order = ['a0', 'b0', 'a1', 'b1'];
    expect(done).toEqual(order.flatMap((step) => [`${step} begins`, `${step} ends`]));
  });

  it('lets the other go on when one has ended', async () => {
    const done: string[] = [];
    await takeTurns([steps('a', 1, done), steps('b', 3, done)]);
    expect(done.filter((step) => step.endsWith('ends'))).toEqual(['a0 ends', 'b0 ends', 'b1 ends', 'b2 ends']);
  });

  it('ends both when one fails, after they have tidied up', async () => {
    const tidied: string[] = [];
    const failing = async (pass: Pass): Promise<void> => {
      await pass();
      throw new TypeError('Something is wrong');
    };
    const other = async (pass: Pass): Promise<void> => {
      try {
        await pass();
        await pass();
      } finally {
        tidied.push('other');
      }
    };
    await expect(takeTurns([failing, other])).rejects.toThrow('Something is wrong');
    expect(tidied).toEqual(['other']);
  });
});
