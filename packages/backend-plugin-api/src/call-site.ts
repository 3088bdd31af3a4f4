import { fileURLToPath } from 'node:url';

/** `    at name (place:1:2)` or `    at place:1:2`; places may have parentheses in them. */
const FRAME = /^\s+at (?:async )?(?:.*? \()?((?:file:\/\/|\/|[A-Za-z]:\\).*?)(:\d+:\d+)\)?$/m;

/**
 * Remembers where `maker` was called, as `file:line:column`, so that messages can point at an author's file. Formatting
 * a stack is the expensive part; it waits until somebody asks.
 */
export function captureCallSite(maker: (...args: never[]) => unknown): () => string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, maker);
  Error.stackTraceLimit = limit;
  return () => placeOf(trace.stack);
}

function placeOf(stack: string | undefined): string | undefined {
  const [, place, position] = stack?.match(FRAME) ?? [];
  if (place === undefined) return undefined;
  return (place.startsWith('file://') ? fileURLToPath(place) : place) + position;
}
