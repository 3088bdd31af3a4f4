import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * Ports of the loopback interface for servers that are started later, and have to be known by then: those of the
 * processes of a topology, each of which is told the addresses of all.
 *
 * The system chooses them, and gives them to nobody else for a while: on each, a connection has just ended, which the
 * side that ended it remembers (TIME_WAIT, a minute on Linux). Meanwhile a server can listen there, but neither a server
 * that asks for any port nor a connection to elsewhere gets it. A port that was free a moment ago may be anybody's.
 *
 * @example
 * ```ts
 * const [edge, todo] = await reservePorts(2);
 * ```
 */
export async function reservePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => reservePort()));
}

async function reservePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1').resume();
  const [accepted] = (await once(server, 'connection')) as [Socket];
  // Who says goodbye first remembers the connection.
  accepted.resume().end();
  await Promise.all([once(accepted, 'close'), once(client, 'close'), once(server.close(), 'close')]);
  return port;
}
