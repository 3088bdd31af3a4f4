import { describe, expect, it } from '@jest/globals';
import type { AuthService } from '@bulkhead/backend-plugin-api';
import { describeHttpAuthService } from '@bulkhead/backend-test-utils/contracts';
import type { Request, Response } from 'express';
import { DefaultAuthService } from '../auth/index.ts';
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

describe('issueUserCookie', () => {
  it('says that there are no limited tokens', async () => {
    const service = new DefaultHttpAuthService(createAuth().auth);
    await expect(service.issueUserCookie({} as Response)).rejects.toMatchObject({
      code: 'ERR_AUTH_CANNOT_ISSUE_TOKENS',
      statusCode: 501,
    });
  });
});
