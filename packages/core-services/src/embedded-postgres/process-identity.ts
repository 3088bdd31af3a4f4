import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/**
 * Tells one process from every other, also from a later one that got the same pid, from one in another container and
 * from one before the last reboot.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the system's own notation; only compared, never read. `''` where it is not known. */
  readonly startedAt: string;
  /** Where the pid means anything: the boot of the kernel, and the pid namespace. */
  readonly space: { readonly boot: string; readonly namespace: string };
}

/** What can be said about a process from here. */
export type Liveness =
  | 'alive'
  | 'dead'
  /** It lives in another container (or never did): its pid says nothing here. */
  | 'unknown';

/** The identity of the process `pid`, by default of the calling one. */
export async function identifyProcess(pid: number = process.pid): Promise<ProcessIdentity> {
  const [startedAt, space] = await Promise.all([readStartTime(pid), currentSpace()]);
  return { pid, startedAt: startedAt ?? '', space };
}

/** Whether the process of this identity still runs. */
export async function livenessOf(identity: ProcessIdentity): Promise<Liveness> {
  const here = await currentSpace();
  if (identity.space.boot !== here.boot) {
    return 'dead';
  }
  if (identity.space.namespace !== here.namespace) {
    return 'unknown';
  }
  if (!isRunning(identity.pid)) {
    return 'dead';
  }
  const startedAt = await readStartTime(identity.pid);
  const same = startedAt === identity.startedAt || startedAt === '' || identity.startedAt === '';
  return startedAt !== undefined && same ? 'alive' : 'dead';
}

/** Whether some process has this pid, whoever it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs under another account.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** `undefined` when there is no such process, `''` when there is no way to ask. */
async function readStartTime(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    // The second field is the command in parentheses and may hold anything; the 22nd is the start in clock ticks.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended, only its parent has not noticed yet.
    return fields?.[0] === 'Z' ? undefined : fields?.[19];
  }
  if (process.platform === 'win32') {
    return '';
  }
  const answer = await execFileAsync('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
  return answer?.stdout.trim() || undefined;
}

let space: Promise<ProcessIdentity['space']> | undefined;

function currentSpace(): Promise<ProcessIdentity['space']> {
  space ??= (async () => {
    if (process.platform !== 'linux') {
      return { boot: '', namespace: '' };
    }
    const [boot, namespace] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
      readlink('/proc/self/ns/pid').catch(() => ''),
    ]);
    return { boot: boot.trim(), namespace: namespace || hostname() };
  })();
  return space;
}
