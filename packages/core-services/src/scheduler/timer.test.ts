import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Timer } from './timer.ts';

const DAY = 24 * 60 * 60 * 1_000;

describe('Timer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits for longer than setTimeout can', () => {
    const timer = new Timer();
    let calls = 0;
    timer.set(100 * DAY, () => calls++);
    jest.advanceTimersByTime(100 * DAY - 1);
    expect(calls).toBe(0);
    jest.advanceTimersByTime(1);
    expect(calls).toBe(1);
    jest.advanceTimersByTime(200 * DAY);
    expect(calls).toBe(1);
  });

  it('can be cleared and set anew', () => {
    const timer = new Timer();
    const calls: string[] = [];
    timer.set(50 * DAY, () => calls.push('first'));
    jest.advanceTimersByTime(40 * DAY);
    timer.set(-1, () => calls.push('second'));
    jest.advanceTimersByTime(40 * DAY);
    timer.set(1, () => calls.push('third'));
    timer.clear();
    jest.advanceTimersByTime(DAY);
    expect(calls).toEqual(['second']);
  });
});
