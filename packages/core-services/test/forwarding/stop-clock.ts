import { jest } from '@jest/globals';

/** A clock that goes on when it is told to. */
export interface StoppedClock {
  /** What `performance.now()` says. */
  readonly now: number;
  advance(milliseconds: number): void;
}

type FakeTimers = Extract<Parameters<typeof jest.useFakeTimers>[0], { doNotFake?: unknown }>;

const EVERYTHING_BUT_PERFORMANCE = [
  'Date',
  'hrtime',
  'nextTick',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] satisfies FakeTimers['doNotFake'];

/** Stops the clock by which a replica is passed over for a while. Timers go on. `jest.useRealTimers()` starts it again. */
export function stopClock(): StoppedClock {
  jest.useFakeTimers({ doNotFake: EVERYTHING_BUT_PERFORMANCE });
  return {
    get now() {
      return performance.now();
    },
    advance: (milliseconds) => void jest.advanceTimersByTime(milliseconds),
  };
}
