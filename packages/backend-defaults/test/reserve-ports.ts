import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * Ports that the system chooses, and gives to nobody else before a process of the test listens there: see `reservePorts` of
 * the test kit, which this package may not depend on.
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
  accepted.resume().end();
  await Promise.all([once(accepted, 'close'), once(client, 'close'), once(server.close(), 'close')]);
  return port;
}
