import { fileURLToPath } from 'node:url';

/**
 * Remembers where `maker` was called, so that messages can point at an author's file. Formatting a stack is the
 * expensive part; it waits until somebody asks.
 */
export function captureCallSite(maker: (...args: never[]) => unknown): () => string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, maker);
  Error.stackTraceLimit = limit;
  return () => parseFrame(trace.stack);
}

function parseFrame(stack: string | undefined): string | undefined {
  const location = stack?.match(/\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*:\d+:\d+)\)?$/m)?.[1];
  if (!location?.startsWith('file://')) return location;
  const [, url = '', position = ''] = location.match(/^(.*?)(:\d+:\d+)$/) ?? [];
  return fileURLToPath(url) + position;
}
