import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Credentials, HttpAuthService, HttpRouterService } from '@bulkhead/backend-plugin-api';
import { AuthenticationError } from '@bulkhead/errors';
import { createCredentials } from '../../src/auth/index.ts';
import { startTestHost, TOKEN, type TestHost, type TestHostOptions } from './test-host.ts';
import type { RawResponse, ReceivedError } from './raw-client.ts';

const RESTRICTED = 'restricted-token';

let host: TestHost;
let todo: HttpRouterService;

async function start(options: TestHostOptions = {}): Promise<void> {
  host = await startTestHost(options);
  todo = host.addPlugin('todo');
  todo.use((req, res) => void res.send(`reached ${req.url}`));
}

beforeEach(() =>
  start({
    config: {
      backend: {
        auth: {
          externalAccess: [
            { type: 'static', options: { token: TOKEN, subject: 'test' } },
            {
              type: 'static',
              options: { token: RESTRICTED, subject: 'restricted' },
              accessRestrictions: [{ plugin: 'other' }],
            },
          ],
        },
      },
    },
  }),
);

afterEach(() => host.stop());

async function get(path: string, headers: Record<string, string> = {}): Promise<RawResponse & { code?: string }> {
  const response = await (await host.connect()).request(`GET ${path}`, headers).response();
  return response.status < 400 ? response : { ...response, ...(JSON.parse(response.text) as ReceivedError).error };
}

describe('without a policy', () => {
  it('a request without credentials is answered 401 and told how to authenticate', async () => {
    expect(await get('/api/todo/x')).toMatchObject({
      status: 401,
      code: 'ERR_AUTH_MISSING_CREDENTIALS',
      headers: { 'www-authenticate': 'Bearer' },
    });
  });

  it('a request with an unknown token is answered 401', async () => {
    const unknown = { Authorization: 'Bearer unknown-token' };
    expect(await get('/api/todo/x', unknown)).toMatchObject({ status: 401, code: 'ERR_AUTH_INVALID_TOKEN' });
  });

  it('a request with another scheme has no credentials', async () => {
    expect(await get('/api/todo/x', { Authorization: `Basic ${TOKEN}` })).toMatchObject({ status: 401 });
  });

  it('a request with a token for other plugins only is answered 403', async () => {
    const headers = { Authorization: `Bearer ${RESTRICTED}` };
    expect(await get('/api/todo/x', headers)).toMatchObject({ status: 403, code: 'ERR_AUTH_ACCESS_RESTRICTED' });
    host.addPlugin('other').use((_req, res) => void res.send('ok'));
    expect(await get('/api/other', headers)).toMatchObject({ status: 200 });
  });

  it('a request with a token gets through', async () => {
    expect(await get('/api/todo/x', { Authorization: `bearer ${TOKEN}` })).toMatchObject({ text: 'reached /x' });
  });

  it('a request with a token in the cookie of a user does not', async () => {
    expect(await get('/api/todo/x', { Cookie: `backstage-auth=${TOKEN}` })).toMatchObject({ status: 401 });
  });

  it('an unknown path is not told from a known one', async () => {
    host.addPlugin('empty');
    expect(await get('/api/empty/x')).toMatchObject({ status: 401 });
  });
});

describe('a policy for unauthenticated callers', () => {
  it.each([
    ['/open', '/open', true],
    ['/open', '/open/', true],
    ['/open', '/open/a/b', true],
    ['/open', '/open?x=1', true],
    ['/open/', '/open/a', true],
    ['/open', '/openness', false],
    ['/open', '/open%2fa', false],
    ['/open', '/open%2Fa', false],
    ['/open', '/%6fpen', false],
    ['/open', '//open', false],
    ['/open', '/a/open', false],
    ['/open', '/', false],
    ['/items/:id/public', '/items/1/public', true],
    ['/items/:id/public', '/items/1/public/more', true],
    ['/items/:id/public', '/items/1/private', false],
    ['/items/:id/public', '/items/1/2/public', false],
    ['/items/:id/public', '/items/1%2fprivate/public', true],
    ['/files/*path', '/files/a/b', true],
    ['/files/*path', '/files', false],
    ['/', '/anything', true],
    ['*', '/anything', true],
  ])('at %s: is %s open? %s', async (path, requested, isOpen) => {
    todo.addAuthPolicy({ path, allow: 'unauthenticated' });
    expect((await get(`/api/todo${requested}`)).status).toBe(isOpen ? 200 : 401);
  });

  it.each(['', 'open', '/a/*', '/:', '/a(b'])('cannot be for %j', (path) => {
    expect(() => todo.addAuthPolicy({ path, allow: 'unauthenticated' })).toThrow(
      expect.objectContaining({ code: 'ERR_HTTP_ROUTER_PATH' }),
    );
  });

  it('says for whom, in words that are known', () => {
    const policy = { path: '/x', allow: 'everybody' } as unknown as Parameters<HttpRouterService['addAuthPolicy']>[0];
    expect(() => todo.addAuthPolicy(policy)).toThrow(expect.objectContaining({ code: 'ERR_HTTP_ROUTER_POLICY' }));
  });
});

describe('a policy for user cookies', () => {
  function userByCookie(): HttpAuthService {
    const user = createCredentials({ type: 'user', userEntityRef: 'user:default/ada' });
    return {
      // Asks by Express's own method, which a replacement may rely on.
      credentials: async (req, options) => {
        if (options?.allowLimitedAccess && req.get('cookie') === 'backstage-auth=ada') {
          return user as Credentials<never>;
        }
        throw new AuthenticationError('Nobody');
      },
      issueUserCookie: () => Promise.reject(new TypeError('unused')),
    };
  }

  it('lets in who is known by a cookie, and only there', async () => {
    const router = host.addPlugin('pictures', userByCookie());
    router.use((_req, res) => void res.send('ok'));
    router.addAuthPolicy({ path: '/small', allow: 'user-cookie' });
    const headers = { Cookie: 'backstage-auth=ada' };
    expect(await get('/api/pictures/small', headers)).toMatchObject({ status: 200 });
    expect(await get('/api/pictures/small')).toMatchObject({ status: 401 });
    expect(await get('/api/pictures/large', headers)).toMatchObject({ status: 401 });
  });

  it('does not let in a service that sends its token as a cookie', async () => {
    todo.addAuthPolicy({ path: '/small', allow: 'user-cookie' });
    expect(await get('/api/todo/small', { Cookie: `a=b; backstage-auth=${TOKEN}` })).toMatchObject({ status: 401 });
    expect(await get('/api/todo/small', { Authorization: `Bearer ${TOKEN}` })).toMatchObject({ status: 200 });
  });
});

describe('an authentication that fails for its own reasons', () => {
  it('is answered 500 and logged', async () => {
    const router = host.addPlugin('broken', {
      credentials: () => Promise.reject(new Error('key server gone')),
      issueUserCookie: () => Promise.reject(new Error('unused')),
    });
    router.use((_req, res) => void res.send('ok'));
    expect(await get('/api/broken')).toMatchObject({ status: 500, code: 'ERR_HTTP_INTERNAL' });
    expect(host.logger.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  });
});

describe('with the default policy disabled', () => {
  it('everybody gets through everywhere', async () => {
    await host.stop();
    await start({ config: { backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } } } });
    expect(await get('/api/todo/x')).toMatchObject({ status: 200 });
    expect(await get('/.bulkhead/plugins')).toMatchObject({ status: 200 });
  });
});
