import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../finding.ts';

interface LockFile {
  readonly packages?: Readonly<
    Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

const file = 'package-lock.json';

/**
 * Checks that the lock file works everywhere: it names no registry, and it holds the binaries of every platform.
 * npm leaves out what it could not find while locking, and then `npm ci` refuses the file.
 */
export function checkLockFile(root: string): Finding[] {
  if (!existsSync(path.join(root, file))) return [{ file, message: 'is missing; run npm install' }];
  const { packages = {} } = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as LockFile;
  return Object.entries(packages).flatMap(([location, entry]) => {
    const messages = Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !resolvable(packages, location, name))
      .map(
        (name) =>
          `lacks ${name}, an optional dependency of ${location}; pin a version that has it, then run npm install`,
      );
    if (/^https?:/.test(entry.resolved ?? '')) messages.push(`names the registry for ${location}; run npm install`);
    return messages.map((message) => ({ file, message }));
  });
}

/** Whether Node.js would find `name` from `location`, a path of `node_modules` folders. */
function resolvable(packages: object, location: string, name: string): boolean {
  for (let dir = location; ; dir = dir.slice(0, Math.max(0, dir.lastIndexOf('/node_modules/')))) {
    if (`${dir && `${dir}/`}node_modules/${name}` in packages) return true;
    if (dir === '') return false;
  }
}
