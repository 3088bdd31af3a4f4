import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

/** Connections that ask at the same time. */
const CONNECTIONS = 20;

/** What became of a load. */
export interface LoadReport {
  /** Requests that were answered, on the average of all seconds. */
  readonly perSecond: number;
  /** Requests that were answered. */
  readonly total: number;
  /** Milliseconds until an answer was complete. */
  readonly latency: { readonly p50: number; readonly p99: number };
}

/** What is asked, where it is not a plain GET. */
export interface LoadRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What autocannon tells. */
interface AutocannonReport {
  readonly requests: { readonly average: number };
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
}

/** Requests per second that a URL answers under load from a separate process. */
export async function requestsPerSecond(url: string, seconds: number): Promise<number> {
  return (await measureLoad(url, seconds)).perSecond;
}

/** Puts a URL under load from a separate process. */
export async function measureLoad(url: string, seconds: number, request: LoadRequest = {}): Promise<LoadReport> {
  const { method = 'GET', headers = {}, body } = request;
  const autocannon = createRequire(import.meta.url).resolve('autocannon/autocannon.js');
  const options = ['--json', '-c', String(CONNECTIONS), '-d', String(seconds), '-m', method];
  for (const [name, value] of Object.entries(headers)) options.push('-H', `${name}: ${value}`);
  if (body !== undefined) options.push('-b', body);
  const child = spawn(process.execPath, [autocannon, ...options, url], { stdio: ['ignore', 'pipe', 'ignore'] });
  const report = JSON.parse(await text(child.stdout)) as AutocannonReport;
  if (report.non2xx > 0 || report.errors > 0) {
    throw new Error(`${url} answered ${report.non2xx} requests with a failure and broke off ${report.errors}`);
  }
  const { p50, p99 } = report.latency;
  return { perSecond: report.requests.average, total: report['2xx'], latency: { p50, p99 } };
}
