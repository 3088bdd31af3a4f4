import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Installs what folders below `benchmarks/` have locked, the first time and whenever the lock file is newer. */
export async function ensureInstalled(folders: readonly string[]): Promise<void> {
  await Promise.all(Array.from(new Set(folders), install));
}

async function install(folder: string): Promise<void> {
  const cwd = join(ROOT, folder);
  if (await isInstalled(cwd)) return;
  console.error(`Installing what benchmarks/${folder} has locked …`);
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const [status] = (await once(npm, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`npm ci failed in benchmarks/${folder}`);
}

/** npm keeps what it has installed in a lock file of its own. */
async function isInstalled(cwd: string): Promise<boolean> {
  const changedAt = async (file: string): Promise<number> => (await stat(join(cwd, file))).mtimeMs;
  try {
    return (await changedAt('node_modules/.package-lock.json')) >= (await changedAt('package-lock.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
