import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';

function run(fixture: string, ...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  const script = join(import.meta.dirname, 'fixtures', fixture);
  return spawn(process.execPath, ['--conditions=@bulkhead/source', script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

describe('a process that logs', () => {
  it('loses no line when it exits at once', async () => {
    const child = run('log-and-exit.ts', '500');
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    const numbers = output
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { number: number }).number);
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    expect(code).toBe(7);
  });

  it('goes on when nobody reads what it writes any more', async () => {
    const child = run('log-for-ever.ts');
    const errors = text(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'exit')) as [number];
    expect(await errors).toBe('alive\n');
    expect(code).toBe(0);
  });
});
