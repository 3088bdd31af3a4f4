import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { HostProcess } from './host-process.ts';

const PROBE = join(import.meta.dirname, '../hosts/heap-probe.js');
const MIB = 2 ** 20;

/** What the environment of a host has to hold for {@link measureHeap}. */
export const HEAP_PROBE: Readonly<Record<string, string>> = { NODE_OPTIONS: `--import=${pathToFileURL(PROBE).href}` };

/** What a process holds, in MiB, once all garbage is gone. */
export interface Heap {
  /** JavaScript's heap. */
  readonly used: number;
  /** Buffers, which lie outside of it. */
  readonly external: number;
}

/** Has a host that was started with {@link HEAP_PROBE} collect its garbage, and tells what is left. */
export async function measureHeap({ pid, output }: HostProcess): Promise<Heap> {
  const lines = createInterface({ input: output, crlfDelay: Infinity });
  process.kill(pid, 'SIGUSR2');
  try {
    for await (const line of lines) {
      if (!line.startsWith('heap ')) continue;
      const { heapUsed, external } = JSON.parse(line.slice(5)) as {
        readonly heapUsed: number;
        readonly external: number;
      };
      return { used: heapUsed / MIB, external: external / MIB };
    }
  } finally {
    lines.close();
    // Reading by lines has paused it.
    output.resume();
  }
  throw new Error('The host ended before it told what its heap holds');
}
