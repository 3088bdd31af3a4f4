import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

/** What became of a load. */
export interface LoadReport {
  /** Requests that were answered, on the average of all seconds. */
  readonly perSecond: number;
  /** Requests that were answered. */
  readonly total: number;
}

/** Requests per second that a URL answers under load from a separate process. */
export async function requestsPerSecond(url: string, seconds: number): Promise<number> {
  return (await measureLoad(url, seconds)).perSecond;
}

/** Puts a URL under load from a separate process. */
export async function measureLoad(url: string, seconds: number): Promise<LoadReport> {
  const autocannon = createRequire(import.meta.url).resolve('autocannon/autocannon.js');
  const child = spawn(process.execPath, [autocannon, '--json', '-c', '20', '-d', String(seconds), url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const report = JSON.parse(await text(child.stdout)) as {
    requests: { average: number };
    '2xx': number;
    non2xx: number;
    errors: number;
  };
  if (report.non2xx > 0 || report.errors > 0) {
    throw new Error(`${url} answered ${report.non2xx} requests with a failure and broke off ${report.errors}`);
  }
  return { perSecond: report.requests.average, total: report['2xx'] };
}
