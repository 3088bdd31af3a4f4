import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { accountUnavailable } from './errors.ts';

const execFileAsync = promisify(execFile);

/** An account other than root, under which the server runs when the host itself is root. */
export interface ServerAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The accounts that are looked for when nothing speaks for another one; the first is made if none is there. */
const NAMES = ['bulkhead', 'postgres'] as const;

/** Whether this process is root, under which PostgreSQL refuses to run. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The account of that name or uid, if the system knows it: PostgreSQL insists on an entry with a name. */
export async function findAccount(nameOrUid: string | number): Promise<ServerAccount | undefined> {
  try {
    const [name, uid, gid] = await Promise.all([
      run('id', '-un', String(nameOrUid)),
      run('id', '-u', String(nameOrUid)),
      run('id', '-g', String(nameOrUid)),
    ]);
    return Number(uid) === 0 ? undefined : { name, uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}

/**
 * An existing account that is meant for a database, or else a new system account without a home and a shell.
 *
 * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_ACCOUNT` when the system does not let us make one
 */
export async function findOrCreateAccount(names: readonly [string, ...string[]] = NAMES): Promise<ServerAccount> {
  for (const name of names) {
    const account = await findAccount(name);
    if (account) {
      return account;
    }
  }
  const [name] = names;
  await createAccount(name);
  const account = await findAccount(name);
  if (!account) {
    throw accountUnavailable(name, undefined);
  }
  return account;
}

async function createAccount(name: string): Promise<void> {
  try {
    await run('useradd', '--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw accountUnavailable(name, error);
    }
    // Systems built on BusyBox have adduser in its place.
    await run('adduser', '-S', '-D', '-H', '-h', '/nonexistent', name).catch((cause: unknown) => {
      throw accountUnavailable(name, cause);
    });
  }
}

async function run(command: string, ...args: string[]): Promise<string> {
  return (await execFileAsync(command, args)).stdout.trim();
}
