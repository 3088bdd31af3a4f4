import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Installs what a folder below `benchmarks/` has locked, the first time. */
export function ensureInstalled(folder: string): void {
  const cwd = join(ROOT, folder);
  if (existsSync(join(cwd, 'node_modules'))) return;
  console.error(`Installing what benchmarks/${folder} has locked …`);
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ci failed in benchmarks/${folder}`);
}
