import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const BIN = join(ROOT, 'packages/cli/bin/bulkhead.js');

/** The host of this repository, started as users start it. */
export interface RunningHost extends AsyncDisposable {
  /** Where users reach it. */
  readonly url: string;
  /** What it has written so far. */
  output(): string;
}

/** Runs `bulkhead` from its sources, and waits until it says where it is ready. */
export async function startHost(args: readonly string[], ready: RegExp): Promise<RunningHost> {
  const {
    NODE_OPTIONS: _,
    BULKHEAD_ENV: __,
    BULKHEAD_PROCESS: ___,
    BULKHEAD_REPLICA: ____,
    NODE_ENV: _____,
    ...env
  } = process.env;
  const child = spawn(process.execPath, ['--conditions=@bulkhead/source', BIN, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const match = ready.exec(output);
        if (match) resolve(match[1]!);
      });
    }
    void ended.then(() => reject(new Error(`The host ended before it was ready:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
