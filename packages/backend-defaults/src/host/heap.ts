import { setFlagsFromString } from 'node:v8';

/** What V8 does with its heap while a host starts, and what it does by itself. */
const STARTING = ['--semi-space-growth-factor=1', '--heap-growing-percent=600'];
const USUAL = ['--semi-space-growth-factor=2', '--heap-growing-percent=0'];

let starts = 0;

/**
 * Runs `start` while V8 treats the heap as that of a host which starts:
 *
 * - The young generation stays as it is. A start allocates in a burst that never comes again. V8 answers it by doubling
 *   the young generation up to its maximum, twice 16 MB, of which it gives nothing back.
 * - All of the heap is collected later: when it is seven times as large as after the collection before, not four times.
 *   Most of what a start makes stays, so that such a collection takes long and finds little.
 *
 * Once `start` has ended, the heap grows as the load demands. Where several overlap, the last one counts.
 *
 * @param setFlag - what to set flags of V8 with, for tests
 */
export async function suitHeapToStart<T>(
  start: () => Promise<T>,
  setFlag: (flag: string) => void = setFlagsFromString,
): Promise<T> {
  if (starts++ === 0) STARTING.forEach((flag) => setFlag(flag));
  try {
    return await start();
  } finally {
    if (--starts === 0) USUAL.forEach((flag) => setFlag(flag));
  }
}
