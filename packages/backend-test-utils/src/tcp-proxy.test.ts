import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TcpProxy } from './index.ts';

const echo = createServer((socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
});

beforeAll(async () => {
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
});
afterAll(() => void echo.close());

function startProxy(): Promise<TcpProxy> {
  return TcpProxy.start({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
}

async function open(proxy: TcpProxy): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function ask(socket: Socket, text: string): Promise<string> {
  const answer = once(socket, 'data');
  socket.write(text);
  return String(((await answer) as [Buffer])[0]);
}

describe('TcpProxy', () => {
  it('passes on what both sides say', async () => {
    await using proxy = await startProxy();
    const socket = await open(proxy);
    expect(await ask(socket, 'hello')).toBe('hello');
    socket.destroy();
  });

  it('cuts the line, and restores it on the same port', async () => {
    await using proxy = await startProxy();
    const { port } = proxy;
    const socket = await open(proxy);
    await ask(socket, 'hello');
    const [[error]] = (await Promise.all([once(socket, 'error'), proxy.cut()])) as [[NodeJS.ErrnoException], void];
    expect(error.code).toBe('ECONNRESET');
    await expect(open(proxy)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.restore();
    expect(proxy.port).toBe(port);
    const again = await open(proxy);
    expect(await ask(again, 'hello')).toBe('hello');
    again.destroy();
  });

  it('breaks connections and takes new ones', async () => {
    await using proxy = await startProxy();
    const socket = await open(proxy);
    await ask(socket, 'hello');
    const broken = once(socket, 'error');
    proxy.breakConnections();
    await broken;
    const again = await open(proxy);
    expect(await ask(again, 'hello')).toBe('hello');
    again.destroy();
  });

  it('falls silent, and passes everything on once it speaks again', async () => {
    await using proxy = await startProxy();
    const socket = await open(proxy);
    await ask(socket, 'hello');
    proxy.silence();
    const heard: string[] = [];
    socket.on('data', (data) => heard.push(String(data)));
    socket.write('are you there?');
    // A second connection that was opened later proves that the first had its chance.
    const direct = connect((echo.address() as AddressInfo).port, '127.0.0.1');
    await ask(direct, 'ping');
    direct.destroy();
    expect(heard).toEqual([]);
    const answer = once(socket, 'data');
    proxy.speak();
    expect(String(((await answer) as [Buffer])[0])).toBe('are you there?');
    socket.destroy();
  });
});
