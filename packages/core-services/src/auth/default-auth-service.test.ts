import { describe, expect, it } from '@jest/globals';
import type { ServicePrincipal } from '@bulkhead/backend-plugin-api';
import { describeAuthService } from '@bulkhead/backend-test-utils/contracts';
import { ConfigReader } from '@bulkhead/config';
import type { ProblemsError } from '@bulkhead/errors';
import type { JsonValue } from '@bulkhead/types';
import { LRUCache } from 'lru-cache';
import { createCredentials, tokenOf } from './credentials.ts';
import { DefaultAuthService } from './default-auth-service.ts';
import { readExternalAccess } from './external-access.ts';
import { createConfiguredTokenHandler, StaticExternalTokens } from './external-tokens-service.ts';
import type { TokenHandler, VerifiedToken } from './token-handler.ts';
import { VerifiedTokens } from './verified-tokens.ts';

const CI_TOKEN = 'token-of-the-ci';

function externalTokens(externalAccess: JsonValue | undefined, keys?: JsonValue): StaticExternalTokens {
  return new StaticExternalTokens(
    readExternalAccess(new ConfigReader({ backend: { auth: { externalAccess, keys } } })),
  );
}

function staticAccess(token: string, subject: string, rest: Record<string, JsonValue> = {}): JsonValue {
  return { type: 'static', options: { token, subject }, ...rest };
}

function createService(handlers: readonly TokenHandler[], isDefaultPolicyDisabled = false): DefaultAuthService {
  return new DefaultAuthService({ pluginId: 'todo', tokenHandlers: handlers, isDefaultPolicyDisabled });
}

describeAuthService('DefaultAuthService', () => {
  const tokens = externalTokens([staticAccess(CI_TOKEN, 'external:ci')]);
  const principal = { type: 'user', userEntityRef: 'user:default/ada' } as const;
  // What a handler for the tokens of users will be like.
  const users: TokenHandler = {
    verify: async (token) =>
      token.endsWith('-of-ada') ? { principal, limited: token === 'limited-token-of-ada' } : undefined,
  };
  return {
    service: createService([users, createConfiguredTokenHandler(tokens, 'todo')]),
    tokens: { service: CI_TOKEN, user: 'token-of-ada', limitedUser: 'limited-token-of-ada' },
  };
});

/** What a template string or a logger makes of credentials. */
function textOf(credentials: { toString(): string }): string {
  return credentials.toString();
}

describe('authenticate', () => {
  it('asks the handlers in order and takes the first answer', async () => {
    const asked: string[] = [];
    const handler = (name: string, subject?: string): TokenHandler => ({
      verify: () => {
        asked.push(name);
        return subject === undefined ? undefined : { principal: { type: 'service', subject } };
      },
    });
    const service = createService([handler('a'), handler('b', 'from-b'), handler('c', 'from-c')]);
    expect((await service.authenticate('x')).principal).toEqual({ type: 'service', subject: 'from-b' });
    expect(asked).toEqual(['a', 'b']);
  });

  it('remembers until when a token is good, whatever a plugin does to its credentials', async () => {
    const expiresAt = new Date(Date.now() + 60_000);
    const service = new DefaultAuthService({
      pluginId: 'todo',
      tokenHandlers: [{ verify: () => ({ principal: { type: 'service', subject: 'ci' }, expiresAt }) }],
      isDefaultPolicyDisabled: false,
      verified: new VerifiedTokens(new LRUCache({ max: 10 })),
    });
    for (const _round of [1, 2]) {
      const found = (await service.authenticate('the-token')).expiresAt!;
      expect(found.getTime()).toBe(expiresAt.getTime());
      found.setFullYear(3000);
    }
    expect(expiresAt.getFullYear()).toBeLessThan(3000);
  });

  it('keeps the token and its end of life', async () => {
    const expiresAt = new Date(1);
    const service = createService([
      { verify: () => ({ principal: { type: 'service', subject: 'external:ci' }, expiresAt }) },
    ]);
    const credentials = await service.authenticate('the-token');
    expect(credentials.expiresAt).toEqual(expiresAt);
    expect(tokenOf(credentials)).toBe('the-token');
    expect(Object.keys(credentials)).not.toContain('token');
    expect(textOf(credentials)).toBe('backstageCredentials{servicePrincipal{external:ci}}');
  });

  it('has codes for its refusals', async () => {
    const limited: TokenHandler = {
      verify: () => ({ principal: { type: 'user', userEntityRef: 'user:default/ada' }, limited: true }),
    };
    await expect(createService([]).authenticate('x')).rejects.toMatchObject({ code: 'ERR_AUTH_INVALID_TOKEN' });
    await expect(createService([limited]).authenticate('x')).rejects.toMatchObject({ code: 'ERR_AUTH_LIMITED_TOKEN' });
  });
});

describe('getPluginRequestToken', () => {
  const user = createCredentials({
    type: 'user',
    userEntityRef: 'user:default/ada',
    actor: { type: 'service', subject: 'plugin:app' },
  });
  const nobody = createCredentials({ type: 'none' });

  it('issues no tokens without keys', async () => {
    const service = createService([]);
    const refused = { code: 'ERR_AUTH_CANNOT_ISSUE_TOKENS', statusCode: 501 };
    const onBehalfOf = await service.getOwnServiceCredentials();
    await expect(service.getPluginRequestToken({ onBehalfOf, targetPluginId: 'x' })).rejects.toMatchObject(refused);
    await expect(service.getPluginRequestToken({ onBehalfOf: user, targetPluginId: 'x' })).rejects.toMatchObject(
      refused,
    );
    await expect(service.getLimitedUserToken(user)).rejects.toMatchObject({ code: 'ERR_AUTH_NO_USER_TOKEN' });
    await expect(service.listPublicServiceKeys()).rejects.toMatchObject(refused);
    expect(textOf(user)).toBe(
      'backstageCredentials{userPrincipal{user:default/ada,actor={servicePrincipal{plugin:app}}}}',
    );
  });

  it('acts for nobody only where nobody is let in', async () => {
    const options = { onBehalfOf: nobody, targetPluginId: 'x' };
    await expect(createService([]).getPluginRequestToken(options)).rejects.toMatchObject({
      code: 'ERR_AUTH_NOBODY_TO_ACT_FOR',
    });
    expect(await createService([], true).getPluginRequestToken(options)).toEqual({ token: '' });
  });
});

describe('external access', () => {
  it('is not restricted by default', () => {
    const handler = createConfiguredTokenHandler(externalTokens([staticAccess(CI_TOKEN, 'ci')]), 'todo');
    expect(handler.verify(CI_TOKEN)).toEqual({ principal: { type: 'service', subject: 'ci' } });
    expect(handler.verify('another-token')).toBeUndefined();
    expect(createConfiguredTokenHandler(externalTokens([]), 'todo').verify(CI_TOKEN)).toBeUndefined();
  });

  it('can be restricted to plugins, permissions and actions', () => {
    const tokens = externalTokens([
      staticAccess(CI_TOKEN, 'ci', {
        accessRestrictions: [
          { plugin: 'todo', permission: 'todo.read, todo.list', permissionAttribute: { action: ['read'] } },
          { plugin: 'digest' },
        ],
      }),
    ]);
    expect(createConfiguredTokenHandler(tokens, 'todo').verify(CI_TOKEN)).toEqual({
      principal: {
        type: 'service',
        subject: 'ci',
        accessRestrictions: {
          permissionNames: ['todo.read', 'todo.list'],
          permissionAttributes: { action: ['read'] },
        },
      },
    });
    expect(createConfiguredTokenHandler(tokens, 'digest').verify(CI_TOKEN)).toMatchObject({
      principal: { accessRestrictions: {} },
    });
    expect(() => createConfiguredTokenHandler(tokens, 'other').verify(CI_TOKEN)).toThrow(
      expect.objectContaining({ code: 'ERR_AUTH_ACCESS_RESTRICTED', statusCode: 403 }),
    );
  });

  it('is what the configuration says, whatever a plugin does to its credentials', async () => {
    const tokens = externalTokens([
      staticAccess(CI_TOKEN, 'ci', { accessRestrictions: [{ plugin: 'todo', permission: ['todo.read'] }] }),
    ]);
    const verified = createConfiguredTokenHandler(tokens, 'todo').verify(CI_TOKEN) as VerifiedToken;
    const { accessRestrictions } = verified.principal as ServicePrincipal;
    const names = accessRestrictions!.permissionNames as string[];
    expect(() => names.push('todo.write')).toThrow(/not extensible/);
    expect(() => Object.assign(accessRestrictions!, { permissionNames: undefined })).toThrow(/read only/);
  });

  it('is refused in its oldest form with a secret that can be guessed', () => {
    const thrown = faultOf(undefined, [{ secret: 'c2VjcmV0' }, {}, { secret: '' }]);
    expect(thrown.problems.map(({ message }) => message)).toEqual(
      [0, 1, 2].map((index) => `backend.auth.keys[${index}].secret must be at least 16 bytes in base64`),
    );
    expect(JSON.stringify(thrown.problems)).not.toContain('c2VjcmV0');
  });

  it('names everything that is wrong with the configuration, and no token', () => {
    const thrown = faultOf([
      'text',
      { type: 'statik', options: {} },
      staticAccess('short', 'ci'),
      staticAccess('with white space', ''),
      staticAccess('a-good-token', 'ci', { accessRestrictions: [] }),
      staticAccess('b-good-token', 'ci', {
        accessRestrictions: [
          { plugin: 'todo', permission: [] },
          { plugin: 'todo', permissionAttribute: { action: 'destroy' } },
          { permission: 'x' },
        ],
      }),
      staticAccess('c-good-token', 'one'),
      staticAccess('c-good-token', 'two'),
      { type: 'legacy', options: { secret: 'dG9vIHNob3J0', subject: 'old' } },
      { type: 'legacy', options: { secret: 'not base64 at all, but long enough' } },
      { type: 'jwks', options: { url: 'file:///keys', issuer: [], subjectPrefix: 'a b' } },
      { type: 'jwks', options: { url: 'https://example.com/keys', algorithm: 'RS256, HS256' } },
    ]);
    expect(thrown.code).toBe('ERR_AUTH_CONFIG');
    expect(new Set(thrown.problems.map(({ code }) => code))).toEqual(new Set(['ERR_AUTH_EXTERNAL_ACCESS']));
    const path = 'backend.auth.externalAccess';
    expect(thrown.problems.map(({ message }) => message)).toEqual([
      `${path}[0] must be an object`,
      `${path}[1].type must be one of 'static', 'legacy', 'jwks'`,
      `${path}[2].options.token must have at least 8 characters`,
      `${path}[3].options.token must be a string that is not empty and has no white space`,
      `${path}[3].options.subject must be a string that is not empty and has no white space`,
      `${path}[4].accessRestrictions must be a list that is not empty`,
      `${path}[5].accessRestrictions[0].permission must be a name or a list of names`,
      `${path}[5].accessRestrictions[1].plugin names 'todo' a second time`,
      `${path}[5].accessRestrictions[1].permissionAttribute.action must be of create, read, update, delete`,
      `${path}[5].accessRestrictions[2].plugin must be a string that is not empty and has no white space`,
      `${path}[8].options.secret must be at least 16 bytes in base64`,
      `${path}[9].options.secret must be at least 16 bytes in base64`,
      `${path}[9].options.subject must be a string that is not empty and has no white space`,
      `${path}[10].options.url must be an http or https URL`,
      `${path}[10].options.issuer must be a name or a list of names`,
      `${path}[10].options.subjectPrefix must be a string that is not empty and has no white space`,
      `${path}[11].options.algorithm must be of those with a public key, such as RS256 or ES256`,
      `${path} has the same token for 'one' and 'two'`,
    ]);
    expect(thrown.problems[1]?.hint).toBe("Did you mean 'static'?");
    expect(thrown.problems[2]?.path).toEqual(['backend', 'auth', 'externalAccess', '2', 'options', 'token']);
    expect(JSON.stringify(thrown.problems)).not.toMatch(/"short|with white space|-good-token|dG9vIHNob3J0|not base64/);
    expect(faultOf({}).problems).toHaveLength(1);
  });
});

function faultOf(externalAccess: JsonValue | undefined, keys?: JsonValue): ProblemsError {
  try {
    externalTokens(externalAccess, keys);
  } catch (error) {
    return error as ProblemsError;
  }
  throw new TypeError('nothing was thrown');
}
