import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readWrk, type Counted, type LoadRequest } from './load.ts';
import { messageOf } from './request-message.ts';

/** How many requests are under way at a time: enough for a server to be busy all the time. */
export const CONNECTIONS = 64;

/** How long an answer may take before it counts as broken off: longer than a busy machine may hold a host up. */
const TIMEOUT = '30s';

/** How long several requests are sent in turn, and where to. */
export interface MixedLoadOptions {
  readonly port: number;
  readonly seconds: number;
  readonly requests: readonly LoadRequest[];
}

/** Sends several requests in turn, as fast as they are answered. Needs wrk. */
export async function measureMixedLoad({ port, seconds, requests }: MixedLoadOptions): Promise<Counted> {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-benchmark-'));
  try {
    const file = join(folder, 'requests');
    await writeFile(file, requests.map((request) => `\0${messageOf(request, port)}`).join(''));
    const script = join(import.meta.dirname, 'wrk.lua');
    const args = ['--threads=1', `--connections=${CONNECTIONS}`, `--duration=${seconds}`, `--timeout=${TIMEOUT}`];
    const wrk = spawn('wrk', [...args, `--script=${script}`, `http://127.0.0.1:${port}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, WRK_REQUESTS: file },
    });
    return readWrk(await text(wrk.stdout));
  } finally {
    await rm(folder, { recursive: true });
  }
}
