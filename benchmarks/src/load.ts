import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { cpuSeconds } from './process-time.ts';

/** Connections that ask at the same time. */
const CONNECTIONS = 20;

/** Seconds in which processor time is counted. */
const CLOCK_TICK = 0.01;

/** Who is put under load: where it listens, and the process that does the work. */
export interface LoadTarget {
  readonly port: number;
  readonly pid: number;
}

/** What is asked, again and again. */
export interface LoadRequest {
  readonly path: string;
  /** Default: `GET`. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How long, and by how many. */
export interface LoadOptions extends LoadRequest {
  readonly seconds: number;
  /** Connections that ask at the same time. Default: 20. */
  readonly connections?: number;
}

/** What became of a load. */
export interface LoadReport {
  /** Requests that were answered, on the average of all seconds. */
  readonly perSecond: number;
  /** Milliseconds until an answer was complete. */
  readonly latency: { readonly p50: number; readonly p99: number };
  /** Requests for each second of processor time that the target itself has used. */
  readonly perCpuSecond: number;
}

/** What a program that makes load has counted. */
export interface Counted {
  readonly answered: number;
  readonly perSecond: number;
  readonly latency: LoadReport['latency'];
  /** Requests with another answer than 2xx or 3xx. */
  readonly failed: number;
  /** Requests without an answer. */
  readonly brokenOff: number;
}

/** The program that makes load: wrk where it is installed, since it leaves the target more of the machine. */
export const LOAD_PROGRAM: 'wrk' | 'autocannon' =
  spawnSync('wrk', ['-v'], { stdio: 'ignore' }).error === undefined ? 'wrk' : 'autocannon';

/** How long it is tried again where nothing was answered at all: in a second, a busy machine may manage nothing. */
const PATIENCE_SECONDS = 10;

/** Puts a server under as much load as it bears, from a separate process. Fails when a request does. */
export async function measureLoad(target: LoadTarget, options: LoadOptions): Promise<LoadReport> {
  const before = await cpuSeconds(target.pid);
  const counted = await countLoad(target, options);
  const isSilent = counted.answered === 0 && counted.failed === 0 && counted.brokenOff === 0;
  if (isSilent && options.seconds < PATIENCE_SECONDS)
    return measureLoad(target, { ...options, seconds: PATIENCE_SECONDS });
  return reportOf(options.path, counted, (await cpuSeconds(target.pid)) - before);
}

function countLoad({ port }: LoadTarget, options: LoadOptions): Promise<Counted> {
  return (LOAD_PROGRAM === 'wrk' ? runWrk : runAutocannon)(`http://127.0.0.1:${port}${options.path}`, options);
}

/** What came of a load that has used some processor time of its target; fails when a request has. */
export function reportOf(path: string, counted: Counted, cpu: number): LoadReport {
  const { answered, perSecond, latency, failed, brokenOff } = counted;
  if (answered === 0 || failed > 0 || brokenOff > 0) {
    throw new Error(`${path}: ${answered} requests were answered, ${failed} with a failure; ${brokenOff} broke off`);
  }
  return { perSecond, latency, perCpuSecond: answered / Math.max(cpu, CLOCK_TICK) };
}

async function runWrk(url: string, options: LoadOptions): Promise<Counted> {
  const { seconds, connections = CONNECTIONS, method, headers = {}, body } = options;
  const script = join(import.meta.dirname, 'wrk.lua');
  const args = [
    '--threads=1',
    `--connections=${connections}`,
    `--duration=${seconds}`,
    '--timeout=30',
    `--script=${script}`,
  ];
  for (const [name, value] of Object.entries(headers)) args.push(`--header=${name}: ${value}`);
  const env = { ...process.env, ...(method && { WRK_METHOD: method }), ...(body && { WRK_BODY: body }) };
  return readWrk(await outputOf('wrk', [...args, url], env));
}

/** Reads what `wrk.lua` prints behind the text of wrk itself. */
export function readWrk(output: string): Counted {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`wrk did not tell what it counted:\n${output}`);
  const { requests, microseconds, p50, p99, failed, brokenOff } = JSON.parse(line) as Readonly<Record<string, number>>;
  return {
    answered: requests!,
    perSecond: (requests! * 1e6) / microseconds!,
    latency: { p50: p50! / 1000, p99: p99! / 1000 },
    failed: failed!,
    brokenOff: brokenOff!,
  };
}

async function runAutocannon(url: string, options: LoadOptions): Promise<Counted> {
  const { seconds, connections = CONNECTIONS, method = 'GET', headers = {}, body } = options;
  const autocannon = createRequire(import.meta.url).resolve('autocannon/autocannon.js');
  const args = [autocannon, '--json', '-c', String(connections), '-d', String(seconds), '-m', method];
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  if (body !== undefined) args.push('-b', body);
  return readAutocannon(await outputOf(process.execPath, [...args, url]));
}

/** Reads what `autocannon --json` prints. */
export function readAutocannon(output: string): Counted {
  const report = JSON.parse(output) as {
    readonly requests: { readonly average: number };
    readonly latency: { readonly p50: number; readonly p99: number };
    readonly '2xx': number;
    readonly '3xx': number;
    readonly '4xx': number;
    readonly '5xx': number;
    readonly errors: number;
  };
  return {
    answered: report['2xx'] + report['3xx'] + report['4xx'] + report['5xx'],
    perSecond: report.requests.average,
    latency: { p50: report.latency.p50, p99: report.latency.p99 },
    failed: report['4xx'] + report['5xx'],
    brokenOff: report.errors,
  };
}

async function outputOf(command: string, args: readonly string[], env = process.env): Promise<string> {
  return text(spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], env }).stdout);
}
