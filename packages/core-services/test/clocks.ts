import type { jest } from '@jest/globals';

type FakeTimers = Extract<Parameters<typeof jest.useFakeTimers>[0], { doNotFake?: unknown }>;
type Clock = NonNullable<FakeTimers['doNotFake']>[number];

const CLOCKS: readonly Clock[] = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
];

/** For `doNotFake` of `jest.useFakeTimers()`: has all clocks of Node.js go on but one. */
export function allClocksBut(stopped: Clock): Clock[] {
  return CLOCKS.filter((clock) => clock !== stopped);
}
