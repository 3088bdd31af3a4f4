import { setFlagsFromString } from 'node:v8';

let holders = 0;

/**
 * Runs `fn` while V8 may not enlarge the young generation of the heap.
 *
 * A start allocates in a burst that never comes again. V8 answers it by doubling the young generation up to its
 * maximum, twice 16 MB, of which it gives nothing back. Once `fn` has ended it may grow again, as the load demands.
 */
export async function holdYoungGeneration<T>(fn: () => Promise<T>): Promise<T> {
  if (holders++ === 0) setFlagsFromString('--semi-space-growth-factor=1');
  try {
    return await fn();
  } finally {
    if (--holders === 0) setFlagsFromString('--semi-space-growth-factor=2');
  }
}
