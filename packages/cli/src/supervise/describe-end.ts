import type { ProcessEnd } from './supervised-process.ts';

/** How a process ended, as the end of a sentence about it. */
export function describeEnd({ code, signal }: ProcessEnd): string {
  if (signal !== null) return `was ended by ${signal}`;
  if (code === null) return 'could not be started';
  return code === 0 ? 'has ended' : `has ended with code ${code}`;
}
