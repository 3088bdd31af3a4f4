import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { IdleConnections } from './idle-connections.ts';

const LIMIT = 200;
const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A connection to a server, with the end of the server. */
async function connectTo(handler: RequestListener): Promise<{ readonly client: Socket; readonly socket: Socket }> {
  const server = createServer({ keepAliveTimeout: LIMIT, keepAliveTimeoutBuffer: 0 }, handler);
  IdleConnections.watch(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
  ends.push(() => void server.close().closeAllConnections());
  const [socket] = await accepted;
  return { client, socket };
}

describe('IdleConnections', () => {
  it('end once they have waited long enough, without a timer for each', async () => {
    const { client, socket } = await connectTo((_, response) => void response.end('answer'));
    client.write(REQUEST);
    const [answer] = (await once(client, 'data')) as [Buffer];
    const answeredAt = performance.now();
    expect(String(answer)).toContain('Connection: keep-alive');
    expect(socket.timeout ?? 0).toBe(0);
    await once(client, 'close');
    // The clocks of timers and of the process differ by a millisecond.
    expect(performance.now() - answeredAt).toBeGreaterThan(LIMIT - 5);
  });

  it('stay while a request is under way', async () => {
    const { client } = await connectTo((_, response) => void setTimeout(() => response.end('answer'), 2 * LIMIT));
    client.write(REQUEST);
    await once(client, 'data');
    client.write(REQUEST);
    const [answer] = (await once(client, 'data')) as [Buffer];
    expect(String(answer)).toContain('200 OK');
  });

  it('stay while a request is coming in', async () => {
    const { client } = await connectTo((_, response) => void response.end('answer'));
    client.write(REQUEST);
    await once(client, 'data');
    const rest = REQUEST.split(/(?=[\n:/])/);
    const typing = setInterval(() => client.write(rest.shift() ?? ''), LIMIT / 4);
    const [answer] = (await once(client, 'data')) as [Buffer];
    clearInterval(typing);
    expect(String(answer)).toContain('200 OK');
  });

  it('are left to Node.js when somebody sets another limit', async () => {
    const { client, socket } = await connectTo((request) => void request.socket.setTimeout(20));
    client.write(REQUEST);
    await once(client, 'close');
    expect(socket.timeout).toBe(20);
    expect(Object.hasOwn(socket, 'setTimeout')).toBe(false);
  });
});
