import { describe, expect, it } from '@jest/globals';
import type { AuthService } from '@bulkhead/backend-plugin-api';
import { describeHttpAuthService } from '@bulkhead/backend-test-utils/contracts';
import type { Request, Response } from 'express';
import { LRUCache } from 'lru-cache';
import { createCredentials, DefaultAuthService } from '../auth/index.ts';
import { VerifiedTokens } from '../auth/verified-tokens.ts';
import { DefaultHttpAuthService } from './default-http-auth-service.ts';

const ADA = { type: 'user', userEntityRef: 'user:default/ada' } as const;
const CI = { type: 'service', subject: 'external:ci' } as const;

/** Knows `ada`, `ada-limited` and `ci`, and counts how often it is asked. */
function createAuth(): { auth: AuthService; asked: string[] } {
  const asked: string[] = [];
  const auth = new DefaultAuthService({
    pluginId: 'todo',
    isDefaultPolicyDisabled: false,
    tokenHandlers: [
      {
        verify(token) {
          asked.push(token);
          if (token === 'ci') {
            return { principal: CI };
          }
          return token.startsWith('ada') ? { principal: ADA, limited: token === 'ada-limited' } : undefined;
        },
      },
    ],
  });
  return { auth, asked };
}

function requestWith(headers: Record<string, string>): Request {
  return { headers } as unknown as Request;
}

describeHttpAuthService('DefaultHttpAuthService', () => ({
  service: new DefaultHttpAuthService(createAuth().auth),
  headers: {
    service: { Authorization: 'Bearer ci' },
    user: { Authorization: 'Bearer ada' },
    cookie: { Cookie: 'other=1; backstage-auth=ada-limited' },
  },
}));

describe('credentials', () => {
  it('looks into a request once', async () => {
    const { auth, asked } = createAuth();
    const service = new DefaultHttpAuthService(auth);
    const req = requestWith({ authorization: 'Bearer ada' });
    const [first, second] = await Promise.all([
      service.credentials(req),
      service.credentials(req, { allow: ['user'] }),
    ]);
    expect(first).toBe(second);
    expect(asked).toEqual(['ada']);
    await service.credentials(req, { allowLimitedAccess: true });
    expect(asked).toEqual(['ada', 'ada']);
  });

  it('looks into a request again for another plugin', async () => {
    const { auth, asked } = createAuth();
    const req = requestWith({ authorization: 'Bearer ada' });
    await new DefaultHttpAuthService(auth).credentials(req);
    await new DefaultHttpAuthService(auth).credentials(req);
    expect(asked).toEqual(['ada', 'ada']);
  });

  it('are there without waiting once a token was verified, as far as it suffices', async () => {
    const verified = new VerifiedTokens(new LRUCache({ max: 10 }));
    const expiresAt = new Date(Date.now() + 60_000);
    const auth = new DefaultAuthService({
      pluginId: 'todo',
      isDefaultPolicyDisabled: false,
      verified,
      tokenHandlers: [{ verify: (token) => ({ principal: ADA, limited: token === 'limited', expiresAt }) }],
    });
    const service = new DefaultHttpAuthService(auth);
    const req = requestWith({ authorization: 'Bearer ada' });
    expect(service.credentialsNow(req, { allow: ['user'] })).toBeUndefined();
    await auth.authenticate('ada');
    const now = service.credentialsNow(req, { allow: ['user'] });
    expect(now?.principal).toEqual(ADA);
    const other = requestWith({ authorization: 'Bearer ada' });
    const found = service.credentialsNow(other, {});
    expect(await service.credentials(other)).toBe(found);
    expect(service.credentialsNow(other, { allow: ['service'] })).toBeUndefined();
    expect(service.credentialsNow(requestWith({}), {})).toBeUndefined();
    await auth.authenticate('limited', { allowLimitedAccess: true });
    const limited = requestWith({ authorization: 'Bearer limited' });
    expect(service.credentialsNow(limited, {})).toBeUndefined();
    expect(service.credentialsNow(limited, { allowLimitedAccess: true })?.principal).toEqual(ADA);
  });

  it('are not there without waiting where somebody has replaced the way to ask for them', async () => {
    const verified = new VerifiedTokens(new LRUCache({ max: 10 }));
    const handler = { verify: () => ({ principal: ADA, expiresAt: new Date(Date.now() + 60_000) }) };
    const options = { pluginId: 'todo', isDefaultPolicyDisabled: false, verified, tokenHandlers: [handler] };
    class StricterAuth extends DefaultAuthService {
      override authenticate(): Promise<never> {
        return Promise.reject(new Error('revoked'));
      }
    }
    const auth = new DefaultAuthService(options);
    await auth.authenticate('ada');
    const inner = new DefaultHttpAuthService(auth);
    const outer = Object.create(inner, {
      credentials: { value: () => Promise.reject(new Error('refused')) },
    }) as typeof inner;
    const req = requestWith({ authorization: 'Bearer ada' });
    expect(outer.credentialsNow(req, {})).toBeUndefined();
    expect(new DefaultHttpAuthService(new StricterAuth(options)).credentialsNow(req, {})).toBeUndefined();
    expect(inner.credentialsNow(req, {})?.principal).toEqual(ADA);
  });

  it('are those of a request, not those of what it was copied from', async () => {
    const { auth } = createAuth();
    const service = new DefaultHttpAuthService(auth);
    const req = requestWith({ authorization: 'Bearer ada' });
    expect((await service.credentials(req)).principal).toEqual(ADA);
    const headers = { authorization: 'Bearer ci' };
    for (const copy of [{ ...req, headers }, Object.assign(Object.create(req) as Request, { headers })]) {
      expect((await service.credentials(copy as Request)).principal).toMatchObject(CI);
    }
  });

  it('has codes for its refusals', async () => {
    const service = new DefaultHttpAuthService(createAuth().auth);
    await expect(service.credentials(requestWith({}), { allow: ['user'] })).rejects.toMatchObject({
      code: 'ERR_AUTH_MISSING_CREDENTIALS',
    });
    await expect(
      service.credentials(requestWith({ authorization: 'Bearer ci' }), { allow: ['user'] }),
    ).rejects.toMatchObject({ code: 'ERR_AUTH_WRONG_PRINCIPAL' });
  });

  it('takes no service for one by its cookie', async () => {
    const service = new DefaultHttpAuthService(createAuth().auth);
    await expect(
      service.credentials(requestWith({ cookie: 'backstage-auth=ci' }), { allowLimitedAccess: true }),
    ).rejects.toMatchObject({ code: 'ERR_AUTH_MISSING_CREDENTIALS' });
    const empty = await service.credentials(requestWith({ cookie: 'backstage-auth=' }), { allowLimitedAccess: true });
    expect(empty.principal).toEqual({ type: 'none' });
  });
});

describe('a cookie that comes with a request of a page', () => {
  const cookie = 'backstage-auth=ada-limited';
  const service = new DefaultHttpAuthService(
    createAuth().auth,
    async () => 'https://host.example.com/api/todo',
    (origin) => origin === 'https://app.example.com',
  );

  async function identify(method: string, headers: Record<string, string>): Promise<unknown> {
    const request = { method, headers: { host: '127.0.0.1:7007', cookie, ...headers } } as unknown as Request;
    return (await service.credentials(request, { allow: ['user'], allowLimitedAccess: true })).principal;
  }

  it.each([
    ['POST', 'https://host.example.com'],
    ['POST', 'http://127.0.0.1:7007'],
    ['POST', 'https://app.example.com'],
    ['GET', 'https://evil.example.com'],
    ['HEAD', 'https://evil.example.com'],
  ])('stands for its user: %s from %s', async (method, origin) => {
    expect(await identify(method, { origin })).toEqual(ADA);
  });

  it.each([
    ['POST', 'https://evil.example.com'],
    ['DELETE', 'https://host.example.com.evil.example.com'],
    ['PUT', 'http://host.example.com'],
    ['POST', 'null'],
    ['POST', ''],
  ])('does not let others act: %s from %j', async (method, origin) => {
    await expect(identify(method, { origin })).rejects.toMatchObject({
      name: 'NotAllowedError',
      code: 'ERR_AUTH_FOREIGN_ORIGIN',
    });
  });

  it('stands for its user behind a process that forwards, whatever name the host is reached by', async () => {
    const headers = { 'x-forwarded-host': 'Localhost:7007, 10.0.0.1', origin: 'http://localhost:7007' };
    expect(await identify('POST', headers)).toEqual(ADA);
    await expect(identify('POST', { ...headers, origin: 'https://evil.example.com' })).rejects.toMatchObject({
      code: 'ERR_AUTH_FOREIGN_ORIGIN',
    });
  });

  it('opens no WebSocket for others', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
    await expect(identify('GET', { ...upgrade, origin: 'https://evil.example.com' })).rejects.toMatchObject({
      code: 'ERR_AUTH_FOREIGN_ORIGIN',
    });
    expect(await identify('GET', { ...upgrade, origin: 'https://app.example.com' })).toEqual(ADA);
  });

  it('is not needed with a token, wherever the page is from', async () => {
    expect(await identify('POST', { authorization: 'Bearer ada', origin: 'https://evil.example.com' })).toEqual(ADA);
  });

  it('stands for its user where no browser is', async () => {
    expect(await identify('POST', {})).toEqual(ADA);
  });
});

describe('issueUserCookie', () => {
  const user = createCredentials(ADA, { token: 'ada' });
  const EXTERNAL_URL = 'https://host.example.com/api/todo';

  /** A service over tokens that live for an hour. */
  function createService(externalUrl = EXTERNAL_URL): DefaultHttpAuthService {
    const { auth } = createAuth();
    const getLimitedUserToken = async () => ({ token: 'ada-limited', expiresAt: new Date(3_600_000) });
    return new DefaultHttpAuthService(Object.assign(auth, { getLimitedUserToken }), async () => externalUrl);
  }

  function responseTo(headers: Record<string, string>): Response & { readonly cookies: string[] } {
    const cookies: string[] = [];
    const appendHeader = (_name: string, value: string): unknown => cookies.push(value);
    return { req: requestWith(headers), appendHeader, cookies } as unknown as Response & { cookies: string[] };
  }

  it('sets the limited token of whoever makes the request', async () => {
    const res = responseTo({ authorization: 'Bearer ada' });
    expect(await createService().issueUserCookie(res)).toEqual({ expiresAt: new Date(3_600_000) });
    expect(res.cookies).toEqual([
      'backstage-auth=ada-limited; Domain=host.example.com; Path=/; Expires=Thu, 01 Jan 1970 01:00:00 GMT; HttpOnly; ' +
        'Secure; SameSite=None; Priority=High',
    ]);
    const plain = responseTo({});
    await createService('http://127.0.0.1:7007/api/todo').issueUserCookie(plain, { credentials: user });
    expect(plain.cookies[0]).toMatch(/^backstage-auth=ada-limited; Domain=127.0.0.1; .*; HttpOnly; SameSite=Lax; /);
  });

  it('removes the cookie for nobody', async () => {
    const res = responseTo({});
    await createService().issueUserCookie(res, { credentials: createCredentials({ type: 'none' }) });
    expect(res.cookies[0]).toMatch(/^backstage-auth=; .*Expires=Thu, 01 Jan 1970 00:00:00 GMT/);
  });

  it('is for users', async () => {
    const service = createService();
    const wrong = { code: 'ERR_AUTH_WRONG_PRINCIPAL' };
    await expect(service.issueUserCookie(responseTo({ authorization: 'Bearer ci' }))).rejects.toMatchObject(wrong);
    const credentials = createCredentials(CI) as never;
    await expect(service.issueUserCookie(responseTo({}), { credentials })).rejects.toMatchObject(wrong);
    await expect(service.issueUserCookie(responseTo({}))).rejects.toMatchObject({
      code: 'ERR_AUTH_MISSING_CREDENTIALS',
    });
  });

  it('leaves a cookie that is good for a while longer', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const auth = new DefaultAuthService({
      pluginId: 'todo',
      isDefaultPolicyDisabled: false,
      tokenHandlers: [
        {
          verify: (token) => ({
            principal: { ...ADA, userEntityRef: `user:default/${token.split('-')[0]}` },
            limited: token.endsWith('-limited'),
            expiresAt: token.includes('-old-') ? new Date() : expiresAt,
          }),
        },
      ],
    });
    const getLimitedUserToken = async () => ({ token: 'new', expiresAt });
    const service = new DefaultHttpAuthService(Object.assign(auth, { getLimitedUserToken }), async () => EXTERNAL_URL);
    const cookiesFor = async (cookie: string): Promise<number> => {
      const res = responseTo({ authorization: 'Bearer ada', cookie: `backstage-auth=${cookie}` });
      await service.issueUserCookie(res);
      return res.cookies.length;
    };
    expect(await cookiesFor('ada-limited')).toBe(0);
    expect(await cookiesFor('ada-old-limited')).toBe(1);
    expect(await cookiesFor('bob-limited')).toBe(1);
  });

  it('needs to know where browsers are', async () => {
    const { auth } = createAuth();
    const service = new DefaultHttpAuthService(
      Object.assign(auth, { getLimitedUserToken: async () => ({ token: 't', expiresAt: new Date() }) }),
    );
    await expect(service.issueUserCookie(responseTo({}), { credentials: user })).rejects.toMatchObject({
      code: 'ERR_AUTH_NO_COOKIES',
      statusCode: 501,
    });
  });
});
