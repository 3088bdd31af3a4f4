import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Installs what folders below `benchmarks/` have locked, the first time. */
export async function ensureInstalled(folders: readonly string[]): Promise<void> {
  await Promise.all(Array.from(new Set(folders), install));
}

async function install(folder: string): Promise<void> {
  const cwd = join(ROOT, folder);
  if (existsSync(join(cwd, 'node_modules'))) return;
  console.error(`Installing what benchmarks/${folder} has locked …`);
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const [status] = (await once(npm, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`npm ci failed in benchmarks/${folder}`);
}
