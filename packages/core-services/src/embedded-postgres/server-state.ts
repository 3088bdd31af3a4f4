import { randomBytes, randomUUID } from 'node:crypto';
import { chown, readFile, rename, writeFile } from 'node:fs/promises';
import { stateLost } from './errors.ts';
import type { Placement } from './placement.ts';

/** What has to be remembered about a cluster. Only readable by its owner. */
export interface ServerState {
  /** The port of the last start; taken again if it is free, so that tools can stay connected to one address. */
  readonly port?: number;
  readonly adminPassword: string;
  readonly loginPassword: string;
  /** Whether the login role and the database have been made. */
  readonly prepared: boolean;
}

/** The state of a cluster that has yet to be made. */
export function newServerState(): ServerState {
  return { adminPassword: newPassword(), loginPassword: newPassword(), prepared: false };
}

/**
 * Reads what {@link writeServerState} wrote.
 *
 * @throws BulkheadError `ERR_EMBEDDED_POSTGRES_STATE`
 */
export async function readServerState(file: string): Promise<ServerState> {
  try {
    const state = JSON.parse(await readFile(file, 'utf8')) as ServerState;
    if (typeof state.adminPassword !== 'string' || typeof state.loginPassword !== 'string') {
      throw stateLost(file);
    }
    return state;
  } catch (error) {
    throw stateLost(file, error);
  }
}

/** Replaces the file as a whole, so that a crash leaves the old one or the new one. */
export async function writeServerState(file: string, state: ServerState, owner: Placement['fileOwner']): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  if (owner) {
    await chown(draft, owner.uid, owner.gid);
  }
  await rename(draft, file);
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
