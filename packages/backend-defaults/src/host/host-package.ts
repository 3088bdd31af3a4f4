import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { captureCallSite } from '@bulkhead/backend-plugin-api';

/** The version of this host, which manifests name in `bulkhead.host`. */
export const HOST_VERSION: string = (
  JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('@bulkhead/backend-defaults/package.json'), 'utf8'),
  ) as {
    version: string;
  }
).version;

/** The folder of the file that called `maker`: the host's own code. The working directory if that cannot be told. */
export function callerFolder(maker: (...args: never[]) => unknown): string {
  const file = captureCallSite(maker)()?.replace(/:\d+:\d+$/, '');
  return file !== undefined && existsSync(file) ? dirname(file) : process.cwd();
}
