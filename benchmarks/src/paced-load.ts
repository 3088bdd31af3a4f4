import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Counted, LoadReport, LoadRequest, LoadTarget } from './load.ts';
import { reportOf } from './load.ts';
import { cpuSeconds } from './process-time.ts';

const run = promisify(execFile);
const PROGRAM = join(import.meta.dirname, 'paced-load-program.ts');

/** A load at a constant rate. */
export interface PacedLoadOptions extends LoadRequest {
  readonly seconds: number;
  /** Requests that are sent each second, at even distances, whether or not earlier ones were answered. */
  readonly perSecond: number;
}

/**
 * Sends requests at a constant rate, from a separate process. Latencies count from when a request was due, so that a
 * server which stalls is not asked less for it. wrk knows no rate, and autocannon whole milliseconds only, of which
 * most answers need a part.
 */
export async function measurePacedLoad(target: LoadTarget, options: PacedLoadOptions): Promise<LoadReport> {
  const before = await cpuSeconds(target.pid);
  const { stdout } = await run(process.execPath, [PROGRAM, JSON.stringify({ ...options, port: target.port })]);
  return reportOf(options.path, JSON.parse(stdout) as Counted, (await cpuSeconds(target.pid)) - before);
}
