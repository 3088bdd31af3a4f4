import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Counted, LoadReport, LoadRequest, LoadTarget } from './load.ts';
import { reportOf } from './load.ts';
import { cpuSeconds } from './process-time.ts';

const run = promisify(execFile);
const PROGRAM = join(import.meta.dirname, 'paced-load-program.ts');

/** Room for what a load leaves in the young generation of its own heap, in MB: it is hardly ever collected. */
const SEMI_SPACE = 32;

/** Milliseconds until answers were complete. */
export type LatencyFigures = LoadReport['latency'];

/** A load at a constant rate. */
export interface PacedLoadOptions extends LoadRequest {
  /**
   * For how long requests do not count yet. The program that sends them is compiled meanwhile, and its pauses are far
   * longer than an answer until then; the fewer requests it sends, the longer that takes.
   */
  readonly warmUpSeconds: number;
  /** How many parts of the load are looked at each by itself. */
  readonly slices: number;
  readonly secondsPerSlice: number;
  /** Requests that are sent each second, at even distances, whether or not earlier ones were answered. */
  readonly perSecond: number;
}

/** What the program that makes the load has counted. */
export interface PacedCount extends Counted {
  readonly slices: readonly LatencyFigures[];
}

/** What became of a load at a constant rate. */
export interface PacedLoadReport extends LoadReport {
  /** The latencies of its parts, one after the other. */
  readonly slices: readonly LatencyFigures[];
}

/**
 * Sends requests at a constant rate, from a separate process. Latencies count from when a request was due, so that a
 * server which stalls is not asked less for it. wrk knows no rate, and autocannon whole milliseconds only, of which
 * most answers need a part.
 */
export async function measurePacedLoad(target: LoadTarget, options: PacedLoadOptions): Promise<PacedLoadReport> {
  const before = await cpuSeconds(target.pid);
  const nodeOptions = [`--min-semi-space-size=${SEMI_SPACE}`, `--max-semi-space-size=${SEMI_SPACE}`];
  const argument = JSON.stringify({ ...options, port: target.port });
  const { stdout } = await run(process.execPath, [...nodeOptions, PROGRAM, argument]);
  const counted = JSON.parse(stdout) as PacedCount;
  return { ...reportOf(options.path, counted, (await cpuSeconds(target.pid)) - before), slices: counted.slices };
}
