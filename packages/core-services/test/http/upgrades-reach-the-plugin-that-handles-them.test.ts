import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  executionContext,
  type ExecutionContext,
  type HttpRouterService,
  type UpgradeRequest,
} from '@bulkhead/backend-plugin-api';
import type { RawClient } from './raw-client.ts';
import { startTestHost, TOKEN, type TestHost } from './test-host.ts';

const UPGRADE = { Connection: 'Upgrade', Upgrade: 'websocket' };
const AUTHORIZED = { ...UPGRADE, Authorization: `Bearer ${TOKEN}` };

let host: TestHost;
let todo: HttpRouterService;
let upgrades: UpgradeRequest[];

beforeEach(async () => {
  host = await startTestHost();
  todo = host.addPlugin('todo');
  todo.use((_req, res) => void res.send('plain'));
  upgrades = [];
});

afterEach(() => host.stop());

function accept(name: string): (upgrade: UpgradeRequest) => void {
  return (upgrade) => {
    upgrades.push(upgrade);
    upgrade.socket.write(`HTTP/1.1 101 Switching Protocols\r\nX-Handler: ${name}\r\n\r\n`);
    upgrade.socket.on('end', () => upgrade.socket.end());
    upgrade.socket.on('data', (chunk: Buffer) => upgrade.socket.write(`echo ${chunk.toString()}`));
  };
}

async function upgrade(path: string, headers: Record<string, string> = AUTHORIZED): Promise<RawClient> {
  return (await host.connect()).request(`GET ${path}`, headers);
}

describe('an upgrade', () => {
  it('is handed to the handler with the longest path, with its credentials and a relative url', async () => {
    todo.onUpgrade('/', accept('root'));
    todo.onUpgrade('/feed/', accept('feed'));
    const client = await upgrade('/api/todo/feed/1?x=y');
    expect(await client.response()).toMatchObject({ status: 101, headers: { 'x-handler': 'feed' } });
    expect(await (await upgrade('/api/todo/feeder')).response()).toMatchObject({ headers: { 'x-handler': 'root' } });
    expect(upgrades[0]?.request.url).toBe('/feed/1?x=y');
    expect(upgrades[0]?.credentials.principal).toEqual({ type: 'service', subject: 'test' });
    expect(host.accessLog[0]).toMatchObject({ status: 101, url: '/api/todo/feed/1?x=y', pluginId: 'todo' });
    client.write('hello');
    client.socket.end();
    expect(await client.rest()).toBe('echo hello');
  });

  it('leads to work for the plugin and the connection, whatever comes over it later', async () => {
    let context: ExecutionContext | undefined;
    todo.onUpgrade('/', ({ socket }) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
      socket.on('data', () => {
        context = executionContext.current();
        socket.end('seen');
      });
    });
    const client = await upgrade('/api/todo');
    await client.response();
    client.write('hello');
    expect(await client.rest()).toBe('seen');
    expect(context).toMatchObject({ pluginId: 'todo', connection: { destroyed: expect.any(Boolean) } });
    expect(context).not.toHaveProperty('deadline');
  });

  it('without credentials is answered 401, and the connection ends', async () => {
    todo.onUpgrade('/', accept('root'));
    const client = await upgrade('/api/todo', UPGRADE);
    expect(await client.errorResponse()).toMatchObject({ status: 401, headers: { connection: 'close' } });
    expect(await client.rest()).toBe('');
    expect(upgrades).toEqual([]);
  });

  it('at an open path has the credentials of nobody', async () => {
    todo.addAuthPolicy({ path: '/open', allow: 'unauthenticated' });
    todo.onUpgrade('/open', accept('open'));
    expect(await (await upgrade('/api/todo/open', UPGRADE)).response()).toMatchObject({ status: 101 });
    expect(upgrades[0]?.credentials.principal).toEqual({ type: 'none' });
  });

  it.each(['/api/todo/nowhere', '/api/nobody', '/nowhere', '/api/todo/%00'])(
    'to %s, where no handler is, is refused and the connection ends',
    async (path) => {
      todo.onUpgrade('/feed', accept('feed'));
      const client = await upgrade(path);
      expect(await client.errorResponse()).toMatchObject({ status: path.includes('%') ? 400 : 404 });
      expect(await client.rest()).toBe('');
    },
  );

  it('waits for a plugin that starts', async () => {
    host.host.setPhase('starting');
    host.host.set('todo', 'starting');
    todo.onUpgrade('/', accept('root'));
    const client = await upgrade('/api/todo');
    while (host.host.listeners.size === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    host.host.set('todo', 'ready');
    expect(await client.response()).toMatchObject({ status: 101 });
  });

  it('whose handler throws loses its connection, and the process goes on', async () => {
    todo.onUpgrade('/', () => {
      throw new Error('no');
    });
    expect(await (await upgrade('/api/todo')).rest()).toBe('');
    expect(host.logger.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
    expect(await (await host.connect()).request('GET /x').response()).toMatchObject({ status: 404 });
  });

  it('outlives the drain, for its plugin to say goodbye, and ends with the server', async () => {
    todo.onUpgrade('/', accept('root'));
    const client = await upgrade('/api/todo');
    await client.response();
    await host.server.drain();
    upgrades[0]?.socket.write('goodbye');
    await host.server[Symbol.asyncDispose]();
    expect(await client.rest()).toBe('goodbye');
  });

  it('that only offers HTTP/2 is answered as the plain request that it is', async () => {
    const client = await upgrade('/api/todo', { ...AUTHORIZED, Upgrade: 'h2c', 'HTTP2-Settings': '' });
    expect(await client.response()).toMatchObject({ status: 200, text: 'plain' });
  });

  it.each(['', 'feed', '/:id', '/feed'])('cannot be handled at %j', (path) => {
    todo.onUpgrade('/feed', accept('feed'));
    expect(() => todo.onUpgrade(path, accept('again'))).toThrow(
      expect.objectContaining({ code: 'ERR_HTTP_ROUTER_PATH' }),
    );
  });
});
