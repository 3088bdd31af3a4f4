import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeUserInfoService } from '@bulkhead/backend-test-utils/contracts';
import { createConnection, type ClientConnection } from '@bulkhead/openapi/client';
import { LRUCache } from 'lru-cache';
import { createCredentials } from '../auth/index.ts';
import { DefaultUserInfoService } from './default-user-info-service.ts';
import { fetchOwnership } from './user-info-request.ts';

const ADA = { type: 'user', userEntityRef: 'user:default/ada' } as const;

function tokenWith(claims: unknown): string {
  const header = Buffer.from(JSON.stringify({ alg: 'ES256' })).toString('base64url');
  return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

describeUserInfoService('DefaultUserInfoService', () => ({
  service: new DefaultUserInfoService(),
  user: createCredentials(ADA, { token: tokenWith({ ent: ['user:default/ada', 'group:default/makers'] }) }),
  caller: createCredentials({ type: 'service', subject: 'external:ci' }),
}));

describe('getUserInfo', () => {
  it.each([undefined, 'opaque', 'a.b.c', tokenWith({}), tokenWith({ ent: 'x' }), tokenWith({ ent: [1] })])(
    'takes a user to own through itself when the token (%s) claims nothing',
    async (token) => {
      expect(await new DefaultUserInfoService().getUserInfo(createCredentials(ADA, { token }))).toEqual({
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada'],
      });
    },
  );

  it('has a code for those who are not users', async () => {
    await expect(new DefaultUserInfoService().getUserInfo(createCredentials({ type: 'none' }))).rejects.toMatchObject({
      code: 'ERR_USER_INFO_NOT_A_USER',
      message: 'There is no user information about nobody',
    });
  });

  it('asks who issued the token when that says nothing, once for a while', async () => {
    const asked: string[] = [];
    const fetchOwnership = async (token: string): Promise<string[]> => {
      asked.push(token);
      if (asked.length === 1) throw new TypeError('not now');
      return ['group:default/makers'];
    };
    const service = new DefaultUserInfoService({ fetchOwnership, answers: new LRUCache({ max: 10 }) });
    const user = createCredentials(ADA, { token: tokenWith({ sub: 'user:default/ada' }) });
    await expect(service.getUserInfo(user)).rejects.toThrow('not now');
    const expected = { userEntityRef: 'user:default/ada', ownershipEntityRefs: ['group:default/makers'] };
    expect(await Promise.all([service.getUserInfo(user), service.getUserInfo(user)])).toEqual([expected, expected]);
    await service.getUserInfo(createCredentials(ADA, { token: tokenWith({ ent: [] }) }));
    expect(asked).toHaveLength(2);
  });
});

describe('fetchOwnership', () => {
  let server: Server;
  let auth: ClientConnection;
  let answer: RequestListener;

  beforeAll(async () => {
    server = createServer((req, res) => answer(req, res));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/auth`;
    auth = createConnection({ baseUrl, policy: { retries: 0, breakerFailures: 0 } });
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('shows the token of the user', async () => {
    const seen: unknown[] = [];
    answer = (req, res) => {
      seen.push(req.url, req.headers.authorization);
      res.setHeader('content-type', 'application/json; charset=utf-8');
      res.end(JSON.stringify({ claims: { sub: 'user:default/ada', ent: ['group:default/makers'] } }));
    };
    expect(await fetchOwnership(auth, 'the-token')).toEqual(['group:default/makers']);
    expect(seen).toEqual(['/api/auth/v1/userinfo', 'Bearer the-token']);
  });

  it('passes on the error that it is answered with', async () => {
    const body = { error: { name: 'NotFoundError', message: 'Unknown', code: 'ERR_X' }, response: { statusCode: 404 } };
    answer = (_req, res) => void res.writeHead(404).end(JSON.stringify(body));
    await expect(fetchOwnership(auth, 't')).rejects.toMatchObject({ name: 'NotFoundError', code: 'ERR_X' });
  });

  it.each<[string, RequestListener]>([
    ['a redirect', (_req, res) => void res.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end()],
    ['what is no JSON', (_req, res) => void res.end('<html>')],
    ['a broken connection', (req) => void req.socket.destroy()],
    [
      'that there is no such plugin',
      (_req, res) => void res.writeHead(404).end('{"error":{"message":"No","code":"ERR_HTTP_UNKNOWN_PLUGIN"}}'),
    ],
    ['a text', (_req, res) => void res.writeHead(404).end('User info not found')],
    [
      'nothing useful',
      (_req, res) => void res.setHeader('content-type', 'application/json').end('{"claims":{"ent":"x"}}'),
    ],
  ])('says that it is in vain when it gets %s', async (_what, given) => {
    answer = given;
    await expect(fetchOwnership(auth, 't')).rejects.toMatchObject({
      code: 'ERR_USER_INFO_UNAVAILABLE',
      statusCode: 503,
    });
  });
});
