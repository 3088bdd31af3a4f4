import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@bulkhead/types';
import { TOKEN, type TestHost } from '../http/test-host.ts';
import { noteContract, routesOf, todoContract } from './contracts.ts';
import { startDocumentsHost, type DocumentsHostOptions } from './documents-host.ts';

const hosts: TestHost[] = [];

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});

async function start(options?: DocumentsHostOptions): Promise<TestHost> {
  const host = await startDocumentsHost(options);
  hosts.push(host);
  return host;
}

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` };

/** The parts of documents and of errors that are looked at here. */
interface Body {
  readonly servers?: unknown;
  readonly paths?: JsonObject;
  readonly error?: { readonly code: string };
  readonly 'x-unavailable-plugins'?: unknown;
}

async function get(
  url: string,
  init: RequestInit = { headers: AUTHORIZED },
): Promise<{ readonly status: number; readonly body: Body }> {
  const response = await fetch(url, init);
  return { status: response.status, body: (await response.json()) as Body };
}

describe('the contract of a plugin', () => {
  it('is served with the URL of the plugin, and as it is apart from that', async () => {
    const { url, addPlugin } = await start();
    addPlugin('todo').serve(routesOf(todoContract));
    const { status, body } = await get(`${url}/api/todo/openapi.json`);
    expect(status).toBe(200);
    expect(body).toEqual({ ...todoContract, servers: [{ url: '/api/todo' }] });
  });

  it('is served under the id of each instance', async () => {
    const { url, addPlugin } = await start();
    addPlugin('todo').serve(routesOf(todoContract));
    addPlugin('errands').serve(routesOf(todoContract));
    expect((await get(`${url}/api/errands/openapi.json`)).body.servers).toEqual([{ url: '/api/errands' }]);
    const { body } = await get(`${url}/api/openapi.json`);
    expect(Object.keys(body.paths ?? {})).toEqual([
      '/api/errands/todos',
      '/api/errands/status',
      '/api/todo/todos',
      '/api/todo/status',
    ]);
  });

  it('needs credentials unless contracts are public', async () => {
    const closed = await start();
    const open = await start({ isPublic: true });
    for (const { addPlugin } of [closed, open]) {
      addPlugin('todo').serve(routesOf(todoContract));
    }
    for (const path of ['/api/todo/openapi.json', '/api/openapi.json']) {
      expect((await get(closed.url + path, {})).status).toBe(401);
      expect((await get(closed.url + path, { headers: { Authorization: 'Bearer wrong' } })).status).toBe(401);
      expect((await get(open.url + path, {})).status).toBe(200);
    }
  });

  it('is only read', async () => {
    const { url, addPlugin } = await start();
    addPlugin('todo').serve(routesOf(todoContract));
    const { status, body } = await get(`${url}/api/todo/openapi.json`, { method: 'POST', headers: AUTHORIZED });
    expect([status, body.error?.code]).toEqual([405, 'ERR_HTTP_WRONG_METHOD']);
    expect((await fetch(`${url}/api/openapi.json`, { method: 'HEAD', headers: AUTHORIZED })).status).toBe(200);
  });

  it('is not known before the plugin is up', async () => {
    const { url, host } = await start();
    host.set('todo', 'starting');
    const document = { headers: { ...AUTHORIZED, Accept: 'application/vnd.oai.openapi+json' } };
    expect(await get(`${url}/api/todo/openapi.json`, document)).toMatchObject({
      status: 503,
      body: { error: { code: 'ERR_HTTP_PLUGIN_STARTING' } },
    });
  });
});

describe('a plugin without a contract', () => {
  it('says so to other hosts, which know that others have one', async () => {
    const { url, addPlugin } = await start();
    addPlugin('example');
    const document = { headers: { ...AUTHORIZED, Accept: 'application/vnd.oai.openapi+json' } };
    expect(await get(`${url}/api/example/openapi.json`, document)).toMatchObject({
      status: 404,
      body: { error: { code: 'ERR_API_DOCUMENTS_NO_CONTRACT' } },
    });
  });

  it('may serve a document itself', async () => {
    const { url, addPlugin } = await start();
    addPlugin('example').use((_request, response) => void response.json({ own: true }));
    expect(await get(`${url}/api/example/openapi.json`)).toEqual({ status: 200, body: { own: true } });
  });

  it('is left out of the merged document', async () => {
    const { url, addPlugin } = await start();
    addPlugin('example');
    const { body } = await get(`${url}/api/openapi.json`);
    expect(body).toMatchObject({ paths: {}, tags: [] });
    expect(body).not.toHaveProperty('x-unavailable-plugins');
  });
});

describe('the merged document', () => {
  it('has the plugins of other processes', async () => {
    const other = await start();
    other.addPlugin('note').serve(routesOf(noteContract));
    other.addPlugin('plain');
    const elsewhere = { note: [`${other.url}/api/note`], plain: [`${other.url}/api/plain`] };
    const { url, addPlugin } = await start({ elsewhere });
    addPlugin('todo').serve(routesOf(todoContract));
    const { body } = await get(`${url}/api/openapi.json`);
    expect(body).toMatchObject({
      servers: [{ url }],
      paths: { '/api/note': { get: { operationId: 'note.listTodos' } }, '/api/todo/todos': expect.anything() },
      components: { securitySchemes: { bearer: { type: 'http' } } },
    });
    expect(body).not.toHaveProperty('x-unavailable-plugins');
  });

  it('names the plugins that it lacks', async () => {
    const closed = await start();
    closed.addPlugin('note').serve(routesOf(noteContract));
    const elsewhere = { note: [`${closed.url}/api/note`], gone: ['http://127.0.0.1:1/api/gone'] };
    const { url, addPlugin, host } = await start({ elsewhere, isPublic: true });
    addPlugin('todo').serve(routesOf(todoContract));
    addPlugin('broken').serve({
      ...routesOf({}),
      document: async (): Promise<JsonObject> => {
        throw new Error('no such file');
      },
    });
    host.set('failed', 'failed', new Error('no'));
    const { status, body } = await get(`${url}/api/openapi.json`, {});
    expect(status).toBe(200);
    expect(Object.keys(body.paths ?? {})).toEqual(['/api/todo/todos', '/api/todo/status']);
    expect(body['x-unavailable-plugins']).toEqual([
      { pluginId: 'broken', reason: 'is not up' },
      { pluginId: 'failed', reason: 'failed to start' },
      { pluginId: 'note', reason: 'does not accept the credentials' },
      { pluginId: 'gone', reason: 'cannot be reached' },
    ]);
  });
});
