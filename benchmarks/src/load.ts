import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

/** Requests per second that a URL answers under load from a separate process. */
export async function requestsPerSecond(url: string, seconds: number): Promise<number> {
  const autocannon = createRequire(import.meta.url).resolve('autocannon/autocannon.js');
  const child = spawn(process.execPath, [autocannon, '--json', '-c', '20', '-d', String(seconds), url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const report = JSON.parse(await text(child.stdout)) as {
    requests: { average: number };
    non2xx: number;
    errors: number;
  };
  if (report.non2xx > 0 || report.errors > 0) {
    throw new Error(`${url} answered ${report.non2xx} requests with a failure and broke off ${report.errors}`);
  }
  return report.requests.average;
}
