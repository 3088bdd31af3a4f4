import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version of this host, which manifests name in `bulkhead.host`. */
export const HOST_VERSION: string = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }
).version;

/** The folder of the file that called `maker`: the host's own code. The working directory if that cannot be told. */
export function callerFolder(maker: (...args: never[]) => unknown): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, maker);
  Error.stackTraceLimit = limit;
  const location = /\(?((?:file:\/\/)?[^\s()]+):\d+:\d+\)?$/m.exec(trace.stack ?? '')?.[1];
  const file = location?.startsWith('file://') ? fileURLToPath(location) : location;
  return file !== undefined && existsSync(file) ? dirname(file) : process.cwd();
}
