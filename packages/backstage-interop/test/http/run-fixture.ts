import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs a script of `fixtures/` in a process of its own. @returns what it prints */
export async function runFixture(name: string): Promise<unknown> {
  const script = join(import.meta.dirname, 'fixtures', `${name}.ts`);
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@bulkhead/source', script], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
  });
  return JSON.parse(stdout) as unknown;
}
