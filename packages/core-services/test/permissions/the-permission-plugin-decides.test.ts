import type { RequestListener } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Permission } from '@bulkhead/backend-plugin-api';
import { mockCredentials, type TestBackend } from '@bulkhead/backend-test-utils';
import { AuthenticationError, InputError, NotAllowedError } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import type { Handler } from 'express';
import {
  createPermissionPlugin,
  startForeignServer,
  startPermissionHost,
  type FakePermissionPlugin,
} from './permission-host.ts';

const LIST: Permission = { type: 'basic', name: 'todo.list', attributes: { action: 'read' } };
const READ: Permission = { type: 'resource', name: 'todo.read', attributes: { action: 'read' }, resourceType: 'todo' };
const ADA = mockCredentials.user('user:default/ada');
const requests = [{ permission: LIST }, { permission: READ, resourceRef: '1' }];
/** Only for answers that never come: others may take their time on a busy machine. */
const HURRIED = { backend: { clients: { timeout: '100ms', breaker: { failures: 0 } } } };
const conditional = {
  result: 'CONDITIONAL',
  pluginId: 'todo',
  resourceType: 'todo',
  conditions: { rule: 'IS_OWNER', resourceType: 'todo', params: {} },
};

function ask(backend: TestBackend, method: string, given: unknown = requests, as = ADA as { readonly header: string }) {
  const request = backend.anonymous.post('/api/todo/ask');
  return (as.header ? request.set('authorization', as.header) : request).send({ method, requests: given });
}

describe('with a permission plugin in the same process', () => {
  let backend: TestBackend;
  let plugin: FakePermissionPlugin;

  beforeAll(async () => {
    plugin = createPermissionPlugin();
    backend = await startPermissionHost({
      features: [plugin.feature],
      config: { backend: { clients: { breaker: { failures: 0 } } } },
    });
  });

  beforeEach(() => {
    plugin.asked.splice(0);
    Object.assign(plugin, { handler: undefined, answer: createPermissionPlugin().answer });
  });

  it('asks on behalf of the user', async () => {
    plugin.answer = (items) => ({
      items: items.map(({ id, permission }) => ({ id, result: permission.name === 'todo.list' ? 'ALLOW' : 'DENY' })),
    });
    const { body } = await ask(backend, 'authorize').expect(200);
    expect(body).toEqual([{ result: 'ALLOW' }, { result: 'DENY' }]);
    expect(plugin.asked).toHaveLength(1);
    expect(plugin.asked[0]!.credentials.principal).toEqual({
      type: 'user',
      userEntityRef: 'user:default/ada',
      actor: { type: 'service', subject: 'plugin:todo' },
    });
    expect(plugin.asked[0]!.items).toEqual([
      { id: expect.any(String), permission: LIST },
      { id: expect.any(String), permission: READ, resourceRef: '1' },
    ]);
  });

  it('hands conditions over to those who can apply them, and to nobody else', async () => {
    plugin.answer = ([item]) => ({ items: [{ id: item!.id, ...conditional }] });
    const { body } = await ask(backend, 'authorizeConditional', [{ permission: READ }]).expect(200);
    expect(body).toEqual([conditional]);
    await ask(backend, 'authorize', [{ permission: READ }]).expect(502);
  });

  it('decides about services by itself', async () => {
    const accessRestrictions = { permissionNames: ['todo.read'] };
    const caller = mockCredentials.service('external:ci', { accessRestrictions });
    const { body } = await ask(backend, 'authorize', requests, caller).expect(200);
    expect(body).toEqual([{ result: 'DENY' }, { result: 'ALLOW' }]);
    expect(plugin.asked).toEqual([]);
  });

  it('has nobody refused by the plugin, whose paths demand credentials', async () => {
    const { body } = await ask(backend, 'authorize', requests, mockCredentials.none()).expect(401);
    expect(body.error.name).toBe('AuthenticationError');
    expect(plugin.asked).toEqual([]);
  });

  it.each<[string, Handler, number, string]>([
    ['400', () => Promise.reject(new InputError('No', { code: 'ERR_X' })), 400, 'ERR_X'],
    ['401', () => Promise.reject(new AuthenticationError('No', { code: 'ERR_X' })), 401, 'ERR_X'],
    ['403', () => Promise.reject(new NotAllowedError('No', { code: 'ERR_X' })), 403, 'ERR_X'],
    ['500', () => Promise.reject(new TypeError('No')), 500, 'ERR_HTTP_INTERNAL'],
    ['a page', (_req, res) => void res.status(403).send('<html>'), 502, 'ERR_CLIENT_UNEXPECTED_ANSWER'],
    ['a page with status 200', (_req, res) => void res.send('<html>'), 502, 'ERR_CLIENT_UNEXPECTED_ANSWER'],
    ['nothing', (_req, res) => void res.status(204).end(), 502, 'ERR_CLIENT_UNEXPECTED_ANSWER'],
    ['a redirect', (_req, res) => void res.redirect('/elsewhere'), 502, 'ERR_CLIENT_UNEXPECTED_ANSWER'],
    [
      'half of it',
      (_req, res) => void res.type('json').send('{"items":[{"id":"0"'),
      502,
      'ERR_CLIENT_UNEXPECTED_ANSWER',
    ],
    [
      'other questions',
      (_req, res) => void res.json({ items: [{ id: 'x', result: 'ALLOW' }] }),
      502,
      'ERR_PERMISSIONS_ANSWER',
    ],
    ['a broken connection', (req) => void req.socket.destroy(), 502, 'ERR_CLIENT_CONNECTION_LOST'],
  ])('allows nothing when the answer is %s', async (_what, handler, status, code) => {
    plugin.handler = handler;
    for (const method of ['authorize', 'authorizeConditional']) {
      const { body } = await ask(backend, method).expect(status);
      expect(body.error.code).toBe(code);
    }
  });

  it('asks nobody about nothing', async () => {
    const { body } = await ask(backend, 'authorize', []).expect(200);
    expect([body, plugin.asked]).toEqual([[], []]);
  });

  it('allows nothing when there is no answer in time', async () => {
    plugin.handler = () => undefined;
    const hurried = await startPermissionHost({ features: [plugin.feature], config: HURRIED });
    for (const method of ['authorize', 'authorizeConditional']) {
      const { body } = await ask(hurried, method).expect(504);
      expect(body.error.code).toBe('ERR_CLIENT_TIMEOUT');
    }
  });
});

describe('with another setting', () => {
  it('asks about all resources of a permission together', async () => {
    const plugin = createPermissionPlugin();
    plugin.answer = ([item]) => ({ items: [{ id: item!.id, result: ['ALLOW', 'DENY'] }] });
    const permission = { enabled: true, EXPERIMENTAL_enableBatchedRequests: true };
    const backend = await startPermissionHost({ features: [plugin.feature], config: { permission } });
    const both = ['1', '2'].map((resourceRef) => ({ permission: READ, resourceRef }));
    const { body } = await ask(backend, 'authorize', both).expect(200);
    expect(body).toEqual([{ result: 'ALLOW' }, { result: 'DENY' }]);
    expect(plugin.asked[0]!.items).toEqual([{ id: '0', permission: READ, resourceRef: ['1', '2'] }]);
  });

  it('allows everything while permissions are disabled', async () => {
    const plugin = createPermissionPlugin();
    const backend = await startPermissionHost({ features: [plugin.feature], config: { permission: {} } });
    const { body } = await ask(backend, 'authorize').expect(200);
    expect(body).toEqual([{ result: 'ALLOW' }, { result: 'ALLOW' }]);
    expect(plugin.asked).toEqual([]);
  });

  it('asks for nobody where nobody needs credentials', async () => {
    const plugin = createPermissionPlugin();
    const backend = await startPermissionHost({
      features: [plugin.feature],
      config: { backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } } },
    });
    await ask(backend, 'authorize', requests, mockCredentials.none()).expect(200);
    expect(plugin.asked[0]!.credentials.principal).toEqual({ type: 'none' });
  });

  it('says so when there is no permission plugin', async () => {
    const backend = await startPermissionHost({});
    const { body } = await ask(backend, 'authorize').expect(501);
    expect(body.error.code).toBe('ERR_PERMISSIONS_NO_POLICY');
  });
});

describe('with a permission plugin in another process', () => {
  const toStop: (() => Promise<void>)[] = [];

  afterEach(async () => {
    await Promise.all(toStop.splice(0).map((stop) => stop()));
  });

  async function startHost(
    listener: RequestListener,
    config: JsonObject = { backend: { clients: { retries: 0 } } },
  ): Promise<TestBackend> {
    const { url, stop } = await startForeignServer(listener);
    toStop.push(stop);
    return startPermissionHost({
      config: { discovery: { endpoints: [{ target: url, plugins: ['permission'] }] }, ...config },
    });
  }

  it('sends a token that says who asks for whom', async () => {
    const seen: unknown[] = [];
    const backend = await startHost((req, res) => {
      const { authorization, 'content-type': type } = req.headers;
      seen.push(req.method, req.url, authorization?.slice(0, 7), type);
      res.setHeader('content-type', 'application/json; charset=utf-8').end('{"items":[{"id":"0","result":"ALLOW"}]}');
    });
    const { body } = await ask(backend, 'authorize', [{ permission: LIST }]).expect(200);
    expect(body).toEqual([{ result: 'ALLOW' }]);
    expect(seen).toEqual(['POST', '/api/permission/authorize', 'Bearer ', 'application/json']);
  });

  it.each<[string, RequestListener, number, string]>([
    ['a broken connection', (req) => void req.socket.destroy(), 502, 'ERR_CLIENT_CONNECTION_LOST'],
    [
      'half of it',
      (_req, res) =>
        void res
          .writeHead(200, { 'content-type': 'application/json', 'content-length': 99 })
          .end('{"items":[', () => res.destroy()),
      502,
      'ERR_CLIENT_CONNECTION_LOST',
    ],
    ['an error of a proxy', (_req, res) => void res.writeHead(503).end('<html>'), 503, 'ERR_HTTP_SERVICE_UNAVAILABLE'],
    [
      'an error of Backstage',
      (_req, res) =>
        void res.writeHead(400).end('{"error":{"name":"InputError","message":"No"},"response":{"statusCode":400}}'),
      400,
      'ERR_HTTP_INPUT',
    ],
  ])('allows nothing when the answer is %s', async (_what, listener, status, code) => {
    const backend = await startHost(listener);
    const { body } = await ask(backend, 'authorize', [{ permission: LIST }]).expect(status);
    expect(body.error.code).toBe(code);
  });

  it('allows nothing when there is no answer in time', async () => {
    const backend = await startHost(() => undefined, HURRIED);
    const { body } = await ask(backend, 'authorize', [{ permission: LIST }]).expect(504);
    expect(body.error.code).toBe('ERR_CLIENT_TIMEOUT');
  });

  it('allows nothing when nobody is there', async () => {
    const backend = await startHost(() => undefined);
    await Promise.all(toStop.splice(0).map((stop) => stop()));
    const { body } = await ask(backend, 'authorize', [{ permission: LIST }]).expect(503);
    expect(body.error.code).toBe('ERR_CLIENT_UNREACHABLE');
  });
});
