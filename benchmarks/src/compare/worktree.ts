import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PRESENT_TREE } from '../bench.ts';
import { UsageError } from '../command-line.ts';

/** The scope of this repository's packages. */
const OWN = '@bulkhead';
/** What hosts keep between starts: the compiled code of one state, of which the other must not have the use. */
const KEPT = '.cache';

/** Another state of the repository, built, in a folder of its own. */
export interface Worktree extends Disposable {
  readonly folder: string;
  /** The commit, abbreviated. */
  readonly commit: string;
}

/**
 * Builds a state of the repository. The programs of the hosts are the present ones, which import the packages of that
 * state: what differs is Bulkhead alone. What peers have installed is shared.
 */
export async function createWorktree(ref: string): Promise<Worktree> {
  const commit = commitOf(ref);
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-compare-'));
  const dispose = (): void => {
    spawnSync('git', ['worktree', 'remove', '--force', folder], { cwd: PRESENT_TREE });
    rmSync(folder, { recursive: true, force: true });
  };
  const onSignal = (): never => {
    dispose();
    process.exit(130);
  };
  process.once('SIGINT', onSignal);
  try {
    run('git', ['worktree', 'add', '--detach', folder, commit], PRESENT_TREE);
    run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], folder);
    await bringHosts(folder);
    run('npm', ['run', 'generate'], folder);
    run('npm', ['run', 'build'], folder);
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    folder,
    commit,
    [Symbol.dispose]() {
      process.removeListener('SIGINT', onSignal);
      dispose();
    },
  };
}

function commitOf(ref: string): string {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short', '--verify', '--quiet', `${ref}^{commit}`], {
    cwd: PRESENT_TREE,
    encoding: 'utf8',
  });
  if (status !== 0) throw new UsageError(`Git knows no commit called ${ref}.`);
  return stdout.trim();
}

async function bringHosts(folder: string): Promise<void> {
  const [from, to] = [join(PRESENT_TREE, 'benchmarks/hosts'), join(folder, 'benchmarks/hosts')];
  rmSync(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true, filter: (file) => !['node_modules', KEPT].includes(basename(file)) });
  for (const name of readdirSync(from)) {
    const installed = join(from, name, 'node_modules');
    if (existsSync(installed)) await shareInstalled(installed, join(to, name, 'node_modules'));
  }
}

/** Links what is installed, and copies what of it is made of this repository: there each state has its own. */
async function shareInstalled(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (name === OWN) await cp(source, target, { recursive: true, filter: (file) => basename(file) !== KEPT });
    else if (name !== KEPT) await symlink(source, target);
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  console.error(`${command} ${args.join(' ')} …`);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${stdout}\n${stderr}`);
}
