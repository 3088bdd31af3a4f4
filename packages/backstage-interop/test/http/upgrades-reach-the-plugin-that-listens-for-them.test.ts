import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { executionContext, type BackendFeature } from '@bulkhead/backend-plugin-api';
import { mockCredentials, startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import express, { type Handler, type Request } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { WebSocket, WebSocketServer } from 'ws';
import { foreignPlugin, openPlugin } from './foreign-plugin.ts';

type Listener = (request: IncomingMessage, socket: Duplex, head: Buffer) => unknown;

const disposals: (() => unknown)[] = [];

afterEach(async () => {
  for (const dispose of disposals.splice(0)) await dispose();
});

function serverOf(req: Request): Server {
  return (req.socket as unknown as { server: Server }).server;
}

function signal(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Listens for upgrades as plugins do: from within the first request that asks for one. */
function listening(listener: Listener): Handler {
  let isListening = false;
  return (req, _res, next) => {
    if (isListening || req.headers.upgrade === undefined) return next();
    isListening = true;
    serverOf(req).on('upgrade', listener);
  };
}

/** A listener that greets every client, with the URL that it saw. */
function greeting(name: string): Listener {
  const sockets = new WebSocketServer({ noServer: true });
  return (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (webSocket) => webSocket.send(`${name} ${request.url}`));
}

/** @returns what the server says first, or the status with which it refuses */
async function open(url: string, headers: Record<string, string> = {}): Promise<string | number> {
  const client = new WebSocket(url.replace('http', 'ws'), { headers });
  disposals.push(() => client.terminate());
  return new Promise((resolve, reject) => {
    client.on('message', (data: Buffer) => resolve(data.toString()));
    client.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode!);
    });
    client.on('error', reject);
  });
}

async function start(...features: readonly BackendFeature[]): Promise<TestBackend> {
  const backend = await startTestBackend({ features });
  disposals.push(() => backend.stop());
  return backend;
}

describe('a listener that a plugin adds to the server', () => {
  it('gets the very first upgrade, and all others, as the server would hand them over', async () => {
    const { url } = await start(openPlugin('chat', express.json(), listening(greeting('chat'))));
    expect(await open(`${url}/api/chat/room?x=1`)).toBe('chat /api/chat/room?x=1');
    expect(await open(`${url}/api/chat`)).toBe('chat /api/chat');
  });

  it('gets the first ones when several come at a time', async () => {
    const { url } = await start(
      openPlugin('chat', (_req, _res, next) => setImmediate(next), listening(greeting('chat'))),
    );
    const answers = await Promise.all([1, 2, 3].map((id) => open(`${url}/api/chat/${id}`)));
    expect(answers).toEqual(['chat /api/chat/1', 'chat /api/chat/2', 'chat /api/chat/3']);
  });

  it('works for its plugin, whatever comes over the socket later', async () => {
    const sockets = new WebSocketServer({ noServer: true });
    const tell: Listener = (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('message', () => {
          const { pluginId, requestId, connection } = executionContext.current() ?? {};
          webSocket.send(JSON.stringify({ pluginId, requestId, isOfConnection: connection === socket }));
        });
        webSocket.send('ready');
      });
    const { url } = await start(openPlugin('chat', listening(tell)));
    const headers = { 'x-request-id': 'r-1' };
    const client = new WebSocket(`${url.replace('http', 'ws')}/api/chat`, { headers });
    disposals.push(() => client.terminate());
    await once(client, 'message');
    client.send('who?');
    const [answer] = (await once(client, 'message')) as [Buffer];
    expect(JSON.parse(String(answer))).toEqual({ pluginId: 'chat', requestId: 'r-1', isOfConnection: true });
  });

  it('gets no upgrade of another plugin when it was added outside of its own mount, either', async () => {
    const chat = jest.fn(greeting('chat'));
    const { url } = await start(
      foreignPlugin('chat', ({ httpRouter, rootHttpRouter }) => {
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        httpRouter.use((_req, _res, next) => next());
        rootHttpRouter.use('/chat', (req, res) => {
          serverOf(req).on('upgrade', chat);
          res.end();
        });
      }),
      foreignPlugin('news', ({ httpRouter }) => httpRouter.use((_req, res) => void res.json({}))),
    );
    await fetch(`${url}/chat`);
    expect(await open(`${url}/api/news`)).toBe(401);
    expect(await open(`${url}/chat`)).toBe(404);
    expect(chat).not.toHaveBeenCalled();
    expect(await open(`${url}/api/chat/room`)).toBe('chat /api/chat/room');
  });

  it('gets no upgrade of another plugin', async () => {
    const chat = jest.fn(greeting('chat'));
    const { url } = await start(
      openPlugin('chat', listening(chat)),
      openPlugin('news', listening(greeting('news'))),
      openPlugin('quiet', (_req, res) => void res.status(426).json({})),
    );
    expect(await open(`${url}/api/chat`)).toBe('chat /api/chat');
    expect(await open(`${url}/api/news`)).toBe('news /api/news');
    expect(await open(`${url}/api/quiet`)).toBe(426);
    expect(await open(`${url}/api/nobody`)).toBe(404);
    expect(await open(`${url}/elsewhere`)).toBe(404);
    expect(chat).toHaveBeenCalledTimes(1);
  });

  it('gets only what the policies of its plugin let in', async () => {
    const chat = jest.fn(greeting('chat'));
    const { url } = await start(foreignPlugin('chat', ({ httpRouter }) => httpRouter.use(listening(chat))));
    expect(await open(`${url}/api/chat`)).toBe(401);
    expect(chat).not.toHaveBeenCalled();
    const headers = { Authorization: `Bearer ${mockCredentials.user().token}` };
    expect(await open(`${url}/api/chat`, headers)).toBe('chat /api/chat');
    expect(await open(`${url}/api/chat`)).toBe(401);
  });

  it('may be added for one upgrade, and taken away', async () => {
    const gone = jest.fn<Listener>();
    const plugin = openPlugin('chat', (req) => {
      const server = serverOf(req);
      server.on('upgrade', gone).off('upgrade', gone).once('upgrade', greeting('chat'));
    });
    const { url } = await start(plugin);
    expect(await open(`${url}/api/chat/1`)).toBe('chat /api/chat/1');
    expect(await open(`${url}/api/chat/2`)).toBe('chat /api/chat/2');
    expect(gone).not.toHaveBeenCalled();
  });

  it('is answered for when it fails', async () => {
    const fail: Listener = async () => {
      await Promise.resolve();
      throw Object.assign(new Error('Not now'), { name: 'ServiceUnavailableError' });
    };
    const { url } = await start(openPlugin('chat', listening(fail)));
    expect(await open(`${url}/api/chat`)).toBe(503);
    expect(await open(`${url}/api/chat`)).toBe(503);
  });

  it('is answered for when it lets the request be', async () => {
    const called = signal();
    const { url, backend, host } = await start(
      openPlugin(
        'chat',
        listening(() => called.resolve()),
      ),
    );
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance', 'Date'] });
    disposals.push(() => jest.useRealTimers());
    const answer = open(`${url}/api/chat`);
    await called.promise;
    jest.advanceTimersByTime(10_000);
    expect(await answer).toBe(404);
    jest.useRealTimers();
    await backend.stop();
    expect(host.getPlugin('chat')?.faultCount).toBe(0);
  });

  it('loses its sockets when the host stops', async () => {
    const { url, backend } = await start(openPlugin('chat', listening(greeting('chat'))));
    const client = new WebSocket(`${url.replace('http', 'ws')}/api/chat`);
    await once(client, 'open');
    const closed = once(client, 'close');
    await backend.stop();
    await closed;
  });
});

describe('an upgrade for which nobody listens', () => {
  it('is answered by the handlers of the plugin', async () => {
    const router = express.Router();
    router.get('/plain', (req, res) => void res.status(200).json(req.baseUrl));
    router.get('/fails', () => {
      throw Object.assign(new Error('No'), { name: 'ConflictError' });
    });
    const { url } = await start(openPlugin('chat', router));
    expect(await open(`${url}/api/chat/plain`)).toBe(200);
    expect(await open(`${url}/api/chat/fails`)).toBe(409);
    expect(await open(`${url}/api/chat/nowhere`)).toBe(404);
  });

  it('may be taken by a handler past its response', async () => {
    const greet = greeting('direct');
    const closed = signal();
    const { url } = await start(
      openPlugin('chat', (req, res) => {
        res.once('close', closed.resolve);
        greet(req, req.socket, Buffer.alloc(0));
      }),
    );
    expect(await open(`${url}/api/chat`)).toBe('direct /');
    for (const dispose of disposals.splice(0)) await dispose();
    await closed.promise;
  });

  it('leaves nothing behind when the client goes away', async () => {
    const entered = signal();
    const left = signal();
    const { url, backend } = await start(
      openPlugin('chat', (req) => {
        req.socket.once('close', () => left.resolve());
        entered.resolve();
      }),
    );
    const client = new WebSocket(`${url.replace('http', 'ws')}/api/chat`);
    client.on('error', () => {});
    await entered.promise;
    client.terminate();
    await left.promise;
    await backend.stop();
  });
});

describe('a proxy that listens for upgrades from its first request on', () => {
  async function startTarget(): Promise<string> {
    const target = createServer();
    const sockets = new WebSocketServer({ server: target });
    sockets.on('connection', (webSocket, request) => webSocket.send(`target ${request.url}`));
    target.listen(0, '127.0.0.1');
    await once(target, 'listening');
    disposals.push(() => {
      sockets.clients.forEach((client) => client.terminate());
      target.closeAllConnections();
      target.close();
    });
    return `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
  }

  it('gets the first upgrade, too', async () => {
    const proxy = createProxyMiddleware('/api/proxy/echo', {
      target: await startTarget(),
      ws: true,
      logLevel: 'silent',
      pathRewrite: { '^/api/proxy/echo': '' },
    });
    const router = express.Router();
    router.use('/echo', proxy as never);
    const { url } = await start(openPlugin('proxy', router));
    expect(await open(`${url}/api/proxy/echo/1?x`)).toBe('target /1?x');
    expect(await open(`${url}/api/proxy/echo/2`)).toBe('target /2');
  });

  it('gets the first upgrade when others of the same plugin listen already', async () => {
    const target = await startTarget();
    const router = express.Router();
    for (const name of ['one', 'two']) {
      const pathRewrite = { [`^/api/proxy/${name}`]: `/${name}` };
      router.use(
        `/${name}`,
        createProxyMiddleware(`/api/proxy/${name}`, { target, ws: true, logLevel: 'silent', pathRewrite }) as never,
      );
    }
    const { url } = await start(openPlugin('proxy', router));
    expect(await open(`${url}/api/proxy/one/1`)).toBe('target /one/1');
    expect(await open(`${url}/api/proxy/two/1`)).toBe('target /two/1');
    expect(await open(`${url}/api/proxy/one/2`)).toBe('target /one/2');
  });
});
