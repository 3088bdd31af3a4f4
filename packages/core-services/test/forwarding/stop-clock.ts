import { jest } from '@jest/globals';
import { allClocksBut } from '../clocks.ts';

/** A clock that goes on when it is told to. */
export interface StoppedClock {
  /** What `performance.now()` says. */
  readonly now: number;
  advance(milliseconds: number): void;
}

/** Stops the clock by which a replica is passed over for a while. Timers go on. `jest.useRealTimers()` starts it again. */
export function stopClock(): StoppedClock {
  jest.useFakeTimers({ doNotFake: allClocksBut('performance') });
  return {
    get now() {
      return performance.now();
    },
    advance: (milliseconds) => void jest.advanceTimersByTime(milliseconds),
  };
}
