import { connect } from 'node:net';
import type { ClientConfig } from 'pg';

/** https://www.postgresql.org/docs/current/protocol-message-formats.html, CancelRequest */
const CANCEL_REQUEST = 80_877_102;

/** Which session to interrupt, as the server told the driver. */
export interface CancelTarget {
  readonly processID: number;
  readonly secretKey: number;
}

/**
 * Asks the server to interrupt the statement of a session, the way `psql` does on Ctrl-C: over a connection of its own,
 * which needs no login and counts as none. Resolves when the server has taken note.
 */
export function cancelQuery(config: ClientConfig, target: CancelTarget): Promise<void> {
  const { host = 'localhost', port = 5432 } = config;
  const message = Buffer.alloc(16);
  [message.length, CANCEL_REQUEST, target.processID, target.secretKey].forEach((value, index) => {
    message.writeInt32BE(value | 0, index * 4);
  });
  return new Promise((resolve, reject) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(config.connectionTimeoutMillis ?? 0, () => socket.destroy());
    socket.once('error', reject);
    socket.once('close', () => resolve());
    socket.resume();
    socket.end(message);
  });
}
