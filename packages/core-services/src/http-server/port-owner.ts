import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** The process that listens on a port. */
export interface PortOwner {
  readonly pid: number;
  /** The program and, if it runs one, the script: enough to recognise it. Other arguments may hold secrets. */
  readonly command: string;
}

const LISTENING = '0A';

/**
 * Who listens on a TCP port of this machine. Looks into `/proc`, so it knows on Linux only, and only of processes that
 * this one may look into.
 */
export async function findPortOwner(port: number): Promise<PortOwner | undefined> {
  const inodes = new Set([
    ...(await readListeningInodes('/proc/net/tcp', port)),
    ...(await readListeningInodes('/proc/net/tcp6', port)),
  ]);
  if (inodes.size === 0) {
    return undefined;
  }
  for (const pid of await list('/proc')) {
    if (/^\d+$/.test(pid) && (await hasSocket(pid, inodes))) {
      return { pid: Number(pid), command: await readCommand(pid) };
    }
  }
  return undefined;
}

/** Lines of the table read: `sl local_address rem_address st … uid timeout inode`; addresses are `hex-ip:hex-port`. */
async function readListeningInodes(table: string, port: number): Promise<string[]> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return (await read(table))
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === LISTENING && local?.endsWith(suffix))
    .flatMap((fields) => fields[9] ?? []);
}

async function hasSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  for (const descriptor of await list(`/proc/${pid}/fd`)) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined && inodes.has(inode)) {
      return true;
    }
  }
  return false;
}

async function readCommand(pid: string): Promise<string> {
  const [program = '', ...args] = (await read(`/proc/${pid}/cmdline`)).split('\0');
  // Programs that rename themselves leave one long text.
  const name = basename(program.split(' ')[0] ?? '') || 'unknown';
  const script = args.find((argument) => /^[\w@./-]+\.[cm]?[jt]s$/.test(argument));
  return script === undefined ? name : `${name} ${script}`;
}

function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function list(path: string): Promise<string[]> {
  return readdir(path).catch(() => []);
}
