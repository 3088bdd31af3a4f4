import { setTimeout as delay } from 'node:timers/promises';
import type { HostProcess } from '../../src/host-process.ts';
import { LOGGING } from './hosts.ts';
import type { Exchange } from './requests.ts';

/** How long a line of the log may take; hosts gather lines before they write them. */
const PATIENCE_MS = 10_000;

/** Headers without which an answer of Bulkhead would be cheaper than its users' ones. */
const HEADERS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
  'x-request-id',
];

/**
 * Makes sure, before anything is measured, that a host answers with the same bytes as the others, and that it does with
 * each request what it is said to do: a line in the log and, for Bulkhead, security headers and the id of the request.
 */
export async function checkAnswer(name: string, host: HostProcess, exchange: Exchange): Promise<void> {
  const { request, status, body } = exchange;
  const log = LOGGING.includes(name) ? collectLines(host, request.path) : undefined;
  const { path, ...init } = request;
  const response = await fetch(`http://127.0.0.1:${host.port}${path}`, init);
  const text = await response.text();
  if (response.status !== status || text !== body) {
    throw new Error(`${name} answers ${path} with ${response.status} and ${text}, not with ${status} and ${body}`);
  }
  if (name === 'bulkhead') {
    const missing = HEADERS.filter((header) => !response.headers.has(header));
    if (missing.length > 0) throw new Error(`bulkhead answers ${path} without ${missing.join(', ')}`);
  }
  if (log) await checkLog(name, host, log);
}

/** What a host logs about a path, from now on. */
interface Log {
  readonly lines: readonly string[];
  end(): void;
}

function collectLines({ output }: HostProcess, path: string): Log {
  const lines: string[] = [];
  let rest = '';
  const read = (chunk: Buffer): void => {
    const complete = (rest + chunk.toString()).split('\n');
    rest = complete.pop() ?? '';
    lines.push(...complete.filter((line) => line.includes(`"url":"${path}"`)));
  };
  output.on('data', read);
  return { lines, end: () => output.off('data', read) };
}

/** A line for the request, and none besides once the host has had time for another one. */
async function checkLog(name: string, { port }: HostProcess, log: Log): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; log.lines.length === 0; await delay(50)) {
    if (Date.now() > deadline) throw new Error(`${name} does not log requests`);
    // pino writes once there is enough to write, so others have to follow.
    await fetch(`http://127.0.0.1:${port}/nothing`);
  }
  await delay(200);
  log.end();
  if (log.lines.length > 1) throw new Error(`${name} logs a request more than once:\n${log.lines.join('\n')}`);
}
