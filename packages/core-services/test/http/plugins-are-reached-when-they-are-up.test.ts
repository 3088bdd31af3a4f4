import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BulkheadError } from '@bulkhead/errors';
import { startTestHost, TOKEN, type TestHost } from './test-host.ts';

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` };

let host: TestHost;

beforeEach(async () => {
  host = await startTestHost();
});

afterEach(() => host.stop());

describe('a request for a plugin that starts', () => {
  beforeEach(() => {
    host.host.setPhase('starting');
    host.host.set('todo', 'waiting');
  });

  it('waits until the plugin is ready', async () => {
    const client = await host.connect();
    client.request('GET /api/todo/x', AUTHORIZED);
    await until(() => host.host.listeners.size === 1);
    host.host.set('other', 'ready');
    host.host.set('todo', 'starting');
    host.addPlugin('todo').use((_req, res) => void res.send('up'));
    host.host.set('todo', 'ready');
    expect(await client.response()).toMatchObject({ status: 200, text: 'up' });
    expect(host.host.listeners.size).toBe(0);
  });

  it('is answered 503 once the plugin has failed, with the code of the reason only', async () => {
    const client = await host.connect();
    client.request('GET /api/todo/x', AUTHORIZED);
    await until(() => host.host.listeners.size === 1);
    host.host.set('todo', 'failed', new BulkheadError('ERR_DB_DOWN', 'postgres://secret is down'));
    const response = await client.errorResponse();
    expect(response).toMatchObject({ status: 503, error: { code: 'ERR_HTTP_PLUGIN_FAILED' } });
    expect(response.error.message).toBe("Plugin 'todo' failed to start (ERR_DB_DOWN)");
    expect(response.headers).not.toHaveProperty('retry-after');
  });

  it('is answered 503 at once when the process goes down', async () => {
    const client = await host.connect();
    client.request('GET /api/todo/x', AUTHORIZED);
    await until(() => host.host.listeners.size === 1);
    host.host.setPhase('draining');
    expect(await client.errorResponse()).toMatchObject({
      status: 503,
      headers: { connection: 'close' },
      error: { code: 'ERR_HTTP_SHUTTING_DOWN' },
    });
  });

  it('is forgotten when the client hangs up', async () => {
    const client = await host.connect();
    client.request('GET /api/todo/x', AUTHORIZED);
    await until(() => host.host.listeners.size === 1);
    const ended = host.nextAccess();
    client.close();
    expect(await ended).toMatchObject({ status: 499, pluginId: 'todo' });
    expect(host.host.listeners.size).toBe(0);
  });

  it('is answered 503 when it has waited long enough', async () => {
    await host.stop();
    host = await startTestHost({ config: { backend: { lifecycle: { startupRequestPauseTimeout: '20ms' } } } });
    host.host.setPhase('starting');
    host.host.set('todo', 'starting');
    const client = await host.connect();
    expect(await client.request('GET /api/todo/x').errorResponse()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      error: { code: 'ERR_HTTP_PLUGIN_STARTING' },
    });
    expect(host.host.listeners.size).toBe(0);
  });

  it('does not keep requests for other plugins', async () => {
    host.addPlugin('other').use((_req, res) => void res.send('up'));
    const client = await host.connect();
    expect(await client.request('GET /api/other', AUTHORIZED).response()).toMatchObject({ status: 200 });
  });
});

describe('a request for a plugin that is not up', () => {
  it('is answered 503 at once after a failure, without a message that strangers should not read', async () => {
    host.host.set('todo', 'failed', new Error('something private'));
    const client = await host.connect();
    expect(await client.request('GET /api/todo/x').errorResponse()).toMatchObject({
      status: 503,
      error: { message: "Plugin 'todo' failed to start", code: 'ERR_HTTP_PLUGIN_FAILED' },
    });
  });

  it('is answered 503 while it stops', async () => {
    host.host.set('todo', 'stopping');
    const client = await host.connect();
    expect(await client.request('GET /api/todo/x').errorResponse()).toMatchObject({
      status: 503,
      error: { code: 'ERR_HTTP_SHUTTING_DOWN' },
    });
  });
});

describe('shutting down', () => {
  let finish: (() => void) | undefined;

  beforeEach(() => {
    finish = undefined;
    host.addPlugin('todo').use((req, res) => {
      if (req.url === '/slow') {
        finish = () => void res.send('finished');
      } else {
        res.send('ok');
      }
    });
  });

  it('ends connections after their responses from the beginning, while requests are still answered', async () => {
    host.server.closeConnectionsAfterResponses();
    const client = await host.connect();
    expect(await client.request('GET /api/todo', AUTHORIZED).response()).toMatchObject({
      status: 200,
      headers: { connection: 'close' },
    });
    expect(await client.rest()).toBe('');
  });

  it('lets requests under way finish, says goodbye on idle connections, and takes no new ones in the end', async () => {
    const [slow, idle] = [await host.connect(), await host.connect()];
    await idle.request('GET /api/todo', AUTHORIZED).response();
    slow.request('GET /api/todo/slow', AUTHORIZED);
    await until(() => finish !== undefined);
    const draining = host.server.drain();
    expect(await idle.errorResponse()).toMatchObject({
      status: 503,
      headers: { connection: 'close', 'retry-after': '1', 'x-bulkhead-unprocessed': 'true' },
      error: { code: 'ERR_HTTP_SHUTTING_DOWN' },
    });
    expect(await idle.rest()).toBe('');
    expect(await connectUntilRefused()).toBe('ECONNREFUSED');
    finish?.();
    expect(await slow.response()).toMatchObject({ status: 200, text: 'finished', headers: { connection: 'close' } });
    await draining;
    expect(await slow.rest()).toBe('');
  });

  it('looks at nothing that comes after the goodbye', async () => {
    const [slow, idle] = [await host.connect(), await host.connect()];
    await idle.request('GET /api/todo', AUTHORIZED).response();
    slow.request('GET /api/todo/slow', AUTHORIZED);
    await until(() => finish !== undefined);
    const before = host.accessLog.length;
    const draining = host.server.drain();
    // Crosses the goodbye, as it may on any connection, and is answered by it.
    idle.request('POST /api/todo', { ...AUTHORIZED, 'Content-Length': '5' }, 'hello');
    expect(await idle.errorResponse()).toMatchObject({ status: 503, error: { code: 'ERR_HTTP_SHUTTING_DOWN' } });
    expect(await idle.rest()).toBe('');
    expect(host.accessLog).toHaveLength(before);
    finish?.();
    await draining;
  });

  it('refuses requests of new connections as long as somebody may not have heard of it', async () => {
    const slow = await host.connect();
    slow.request('GET /api/todo/slow', AUTHORIZED);
    await until(() => finish !== undefined);
    const draining = host.server.drain();
    const late = await host.connect();
    expect(await late.request('POST /api/todo', AUTHORIZED).errorResponse()).toMatchObject({
      status: 503,
      headers: { 'x-bulkhead-unprocessed': 'true' },
      error: { code: 'ERR_HTTP_SHUTTING_DOWN' },
    });
    finish?.();
    await draining;
  });

  it('lets pipelined requests finish, too', async () => {
    const client = await host.connect();
    client.request('GET /api/todo/slow', AUTHORIZED).request('GET /api/todo/after', AUTHORIZED);
    await until(() => finish !== undefined && host.server.requestsUnderWay === 2);
    const draining = host.server.drain();
    finish?.();
    expect(await client.response()).toMatchObject({ status: 200, text: 'finished' });
    expect(await client.response()).toMatchObject({ status: 200, text: 'ok' });
    await draining;
    // The head of that response was made before the drain, so the connection ends with a goodbye of its own.
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 503 /);
  });

  it('does not wait for pipelined requests of a client that has hung up', async () => {
    const client = await host.connect();
    client.request('GET /api/todo/slow', AUTHORIZED).request('GET /api/todo/after', AUTHORIZED);
    await until(() => host.server.requestsUnderWay === 2);
    client.close();
    await host.server.drain();
    expect(host.accessLog.map(({ url, status }) => `${url} ${status}`).sort()).toEqual([
      '/api/todo/after 499',
      '/api/todo/slow 499',
    ]);
  });

  it('refuses a request on a connection that is still open', async () => {
    const [slow, other] = [await host.connect(), await host.connect()];
    slow.request('GET /api/todo/slow', AUTHORIZED);
    // A request whose head has begun keeps its connection open.
    other.write('GET /api/todo HTTP/1.1\r\n');
    await until(() => finish !== undefined);
    const draining = host.server.drain();
    other.write('Host: test\r\n\r\n');
    expect(await other.errorResponse()).toMatchObject({
      status: 503,
      headers: { connection: 'close', 'retry-after': '1' },
      error: { code: 'ERR_HTTP_SHUTTING_DOWN' },
    });
    finish?.();
    await draining;
  });

  it('cuts off what takes longer than the deadline, and says so', async () => {
    await host.stop();
    host = await startTestHost({ config: { backend: { lifecycle: { drainTimeout: '20ms' } } } });
    let entered = false;
    host.addPlugin('todo').use(() => {
      entered = true;
    });
    const client = await host.connect();
    client.request('GET /api/todo', AUTHORIZED);
    await until(() => entered);
    await host.server.drain();
    expect(await client.rest()).toBe('');
    expect(host.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('1 requests took longer') }),
    );
  });

  it('is done at once when nothing is under way, whatever is connected', async () => {
    await host.connect();
    await (await host.connect()).request('GET /api/todo', AUTHORIZED).response();
    await host.server.drain();
    await host.server[Symbol.asyncDispose]();
  });
});

async function connectUntilRefused(): Promise<unknown> {
  let code: unknown;
  do {
    // One that is made while the server stops listening may be reset.
    code = await host.connect().then(
      (client) => client.close(),
      (error: { code: unknown }) => error.code,
    );
  } while (code !== 'ECONNREFUSED');
  return code;
}

/** Lets the event loop turn until `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
