import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import {
  deadOrigin,
  startForwardingHost,
  startTarget,
  until,
  type ForwardingHost,
  type Target,
} from './forwarding-harness.ts';

const UPGRADE = { Connection: 'Upgrade', Upgrade: 'test' };

let host: ForwardingHost;
let target: Target;
let upgraded: Socket[];
/** What becomes of a socket at the target. */
let take: (socket: Socket) => void;

beforeEach(async () => {
  host = await startForwardingHost();
  target = await startTarget((_request, response) => void response.writeHead(404).end('no socket here'));
  host.topology.place('chat', target.origin);
  upgraded = [];
  take = () => undefined;
  target.server.on('upgrade', (request, socket) => {
    if (request.headers.upgrade !== 'test') return;
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\nX-A: 1\r\n\r\n');
    upgraded.push(socket as Socket);
    socket.on('error', () => undefined);
    take(socket as Socket);
  });
});

afterEach(async () => {
  await host.stop();
  upgraded.forEach((socket) => socket.destroy());
  await target[Symbol.asyncDispose]();
});

describe('an upgrade', () => {
  it('reaches the process of the plugin, and both sides talk', async () => {
    take = (socket) => socket.on('data', (chunk: Buffer) => socket.write(`echo ${chunk.toString()}`));
    const client = await host.connect();
    const logged = host.nextAccess();
    client.request('GET /api/chat/room?x', UPGRADE, 'early ');
    expect(await client.response()).toMatchObject({
      status: 101,
      headers: { upgrade: 'test', connection: 'Upgrade', 'x-a': '1' },
    });
    expect(await logged).toMatchObject({ status: 101, pluginId: 'chat', upstream: target.origin });
    await until(() => client.received === 'echo early ');
    client.write('late');
    await until(() => client.received === 'echo early echo late');
  });

  it('that is refused gets the answer of the target, and the connection ends', async () => {
    await target[Symbol.asyncDispose]();
    target = await startTarget((_request, response) => void response.writeHead(401).end('who?'));
    target.server.on('upgrade', (_request, socket) => {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwho?');
    });
    host.topology.place('chat', target.origin);
    const client = await host.connect();
    client.request('GET /api/chat', UPGRADE);
    expect(await client.response()).toMatchObject({ status: 401, text: 'who?', headers: { connection: 'close' } });
    expect(await client.rest()).toBe('');
  });

  it('goes to another replica when one is gone, and is answered 503 when all are', async () => {
    host.topology.place('chat', await deadOrigin(), target.origin);
    host.topology.place('gone', await deadOrigin());
    const [client, lost] = [await host.connect(), await host.connect()];
    expect(await client.request('GET /api/chat', UPGRADE).response()).toMatchObject({ status: 101 });
    expect(await lost.request('GET /api/gone', UPGRADE).errorResponse()).toMatchObject({
      status: 503,
      error: { code: 'ERR_FORWARD_UNREACHABLE' },
    });
    expect(await lost.rest()).toBe('');
  });

  it('lets the client say goodbye first, and hear the rest', async () => {
    take = (socket) => socket.on('data', () => undefined).on('end', () => socket.end('the rest'));
    const client = await host.connect();
    client.request('GET /api/chat', UPGRADE);
    await client.response();
    client.socket.end();
    expect(await client.rest()).toBe('the rest');
  });

  it('lets the target say goodbye first, and hear the rest', async () => {
    let heard = '';
    take = (socket) => {
      socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
      socket.end('goodbye');
    };
    const client = await host.connect();
    client.socket.allowHalfOpen = true;
    client.request('GET /api/chat', UPGRADE);
    await client.response();
    await once(client.socket, 'end');
    client.write('one more thing');
    client.socket.end();
    await until(() => heard === 'one more thing');
  });

  it.each(['client', 'target'])('breaks on both sides when the %s breaks it', async (side) => {
    const client = await host.connect();
    client.request('GET /api/chat', UPGRADE);
    await client.response();
    await until(() => upgraded.length === 1);
    const [broken, other] = side === 'client' ? [client.socket, upgraded[0]!] : [upgraded[0]!, client.socket];
    const closed = new Promise((resolve) => other.resume().once('close', resolve));
    broken.resetAndDestroy();
    await closed;
  });

  it('is read no faster than the other side takes it', async () => {
    let written = 0;
    take = (socket) => {
      const chunk = Buffer.alloc(256 * 1024);
      const write = (): void => {
        do written += chunk.length;
        while (socket.write(chunk) && written < 200_000_000);
      };
      socket.on('drain', write);
      write();
    };
    const client = await host.connect();
    client.request('GET /api/chat', UPGRADE);
    await client.response();
    client.socket.pause();
    let before = -1;
    while (written !== before) {
      before = written;
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(written).toBeLessThan(50_000_000);
  });

  it('ends with the host', async () => {
    const client = await host.connect();
    client.request('GET /api/chat', UPGRADE);
    await client.response();
    await host.stop();
    expect(await client.rest()).toBe('');
  });
});

describe('WebSockets', () => {
  it('pass messages and pings, many at once', async () => {
    const server = new WebSocketServer({ noServer: true });
    server.on('connection', (socket) =>
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
    );
    target.server.on('upgrade', (request, socket, head) => {
      if (request.headers.upgrade !== 'websocket') return;
      upgraded.push(socket as Socket);
      server.handleUpgrade(request, socket, head, (webSocket) => server.emit('connection', webSocket));
    });
    const talk = async (id: number): Promise<void> => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/chat/${id}`);
      await once(socket, 'open');
      socket.ping('are you there');
      expect(String((await once(socket, 'pong'))[0])).toBe('are you there');
      for (const size of [1, 200, 100_000]) {
        const message = Buffer.alloc(size, id);
        socket.send(message);
        const [data] = (await once(socket, 'message')) as [Buffer];
        expect(data.equals(message)).toBe(true);
      }
      socket.close(1000);
      expect((await once(socket, 'close'))[0]).toBe(1000);
    };
    await Promise.all(Array.from({ length: 100 }, (_, id) => talk(id)));
  });
});
