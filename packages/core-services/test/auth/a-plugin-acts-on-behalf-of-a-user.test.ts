import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Credentials, UserPrincipal } from '@bulkhead/backend-plugin-api';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { startAuthHost, tokenOnBehalfOf, type AuthHost } from './auth-harness.ts';
import { inSeconds } from './issuer-server.ts';
import { createUserIssuer, type UserIssuer } from './user-issuer.ts';

const ADA = 'user:default/ada';

let users: UserIssuer;
let host: AuthHost;

beforeAll(async () => {
  users = await createUserIssuer();
  host = await startAuthHost(['todo', 'digest', 'third'], { features: [users.feature] });
});

/** What a plugin makes of a token. */
function credentialsAt(pluginId: string, token: string): Promise<Credentials<UserPrincipal>> {
  return host.of(pluginId).auth.authenticate(token) as Promise<Credentials<UserPrincipal>>;
}

describe('a call on behalf of a user', () => {
  it('can be followed by further calls on behalf of the same user', async () => {
    const own = await users.sign(ADA);
    const atDigest = await credentialsAt('digest', own);
    expect(atDigest.principal).toEqual({ type: 'user', userEntityRef: ADA });

    const first = await tokenOnBehalfOf(host.of('digest'), atDigest, 'todo');
    const atTodo = await credentialsAt('todo', first);
    expect(atTodo.principal).toEqual({
      type: 'user',
      userEntityRef: ADA,
      actor: { type: 'service', subject: 'plugin:digest' },
    });

    const second = await tokenOnBehalfOf(host.of('todo'), atTodo, 'third');
    expect((await host.whoIs('third', second)).body).toEqual({
      type: 'user',
      userEntityRef: ADA,
      actor: { type: 'service', subject: 'plugin:todo' },
    });
    expect((await host.whoIs('digest', second)).status).toBe(401);
  });

  it('shows the limited token of the user only', async () => {
    const own = await users.sign(ADA, { ent: ['group:default/makers'] });
    const token = await tokenOnBehalfOf(host.of('digest'), await credentialsAt('digest', own), 'todo');
    const { obo, ...claims } = decodeJwt<{ obo: string }>(token);
    expect(claims).toMatchObject({ sub: 'digest', aud: 'todo' });
    expect(decodeProtectedHeader(obo)).toEqual({ typ: 'vnd.backstage.limited-user', alg: 'ES256', kid: 'users' });
    expect(Object.keys(decodeJwt(obo))).toEqual(['sub', 'iat', 'exp']);
    expect((await host.whoIs('todo', obo)).status).toBe(401);
  });

  it('ends no later than the user’s own token', async () => {
    const exp = inSeconds(90);
    const at = await credentialsAt('digest', await users.sign(ADA, { exp }));
    expect(decodeJwt(await tokenOnBehalfOf(host.of('digest'), at, 'todo')).exp).toBe(exp);
  });

  it('is not made with a token that is over', async () => {
    const at = await credentialsAt('digest', await users.sign(ADA));
    const over = Object.create(at, { token: { value: await users.sign(ADA, { exp: inSeconds(-1) }) } }) as Credentials;
    await expect(tokenOnBehalfOf(host.of('digest'), over, 'todo')).rejects.toMatchObject({
      code: 'ERR_AUTH_TOKEN_EXPIRED',
    });
  });

  it('has a token for each user and target, and the same again for a while', async () => {
    const ada = await credentialsAt('digest', await users.sign(ADA));
    const bob = await credentialsAt('digest', await users.sign('user:default/bob'));
    const tokens = await Promise.all(
      [
        [ada, 'todo'],
        [ada, 'todo'],
        [bob, 'todo'],
        [ada, 'third'],
      ].map(([at, target]) => tokenOnBehalfOf(host.of('digest'), at as Credentials, target as string)),
    );
    expect(tokens[1]).toBe(tokens[0]);
    expect(new Set(tokens).size).toBe(3);
    expect(await tokenOnBehalfOf(host.of('todo'), ada, 'todo')).not.toBe(tokens[0]);
  });
});

describe('a browser', () => {
  const path = '/api/todo/.backstage/auth/v1/cookie';

  it('gets a cookie, and is known by it where that is enough', async () => {
    const { anonymous } = host.backend;
    const own = await users.sign(ADA);
    const response = await anonymous.get(path).set('Authorization', `Bearer ${own}`).expect(200);
    expect(response.body).toEqual({ expiresAt: new Date(decodeJwt(own).exp! * 1_000).toISOString() });
    const [cookie] = response.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^backstage-auth=[\w.-]+; Domain=127\.0\.0\.1; Path=\/; Expires=.*; HttpOnly; SameSite=Lax/);

    const [pair] = cookie!.split(';') as [string];
    await anonymous.get('/api/todo/cookie').set('Cookie', pair).expect(200, { type: 'user', userEntityRef: ADA });
    await anonymous.get('/api/todo/who').set('Cookie', pair).expect(401);
    await anonymous.get(path).set('Cookie', pair).expect(401);

    const again = await anonymous.get(path).set('Authorization', `Bearer ${own}`).set('Cookie', pair).expect(200);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.body).toEqual(response.body);
  });

  it('gives it back, whether it is still good or not', async () => {
    for (const cookie of ['', 'backstage-auth=nonsense']) {
      const { headers } = await host.backend.anonymous.delete(path).set('Cookie', cookie).expect(204);
      expect(headers['set-cookie']).toEqual([expect.stringMatching(/^backstage-auth=; .*Expires=Thu, 01 Jan 1970/)]);
    }
  });

  it('gets none for nobody, for a service, and nowhere else', async () => {
    const { anonymous } = host.backend;
    await anonymous.get(path).expect(401);
    const service = await host.tokenFor('todo', 'digest');
    await anonymous.get(path).set('Authorization', `Bearer ${service}`).expect(403);
    await anonymous.put(path).expect(405);
    await anonymous.get('/api/nobody/.backstage/auth/v1/cookie').expect(404);
  });
});

it('what a token leaves out about its user is asked for, once for a while', async () => {
  const own = await users.sign(ADA);
  const at = await credentialsAt('digest', own);
  const expected = { userEntityRef: ADA, ownershipEntityRefs: [ADA, 'group:default/makers'] };
  expect(await host.of('digest').userInfo.getUserInfo(at)).toEqual(expected);
  expect(await host.of('todo').userInfo.getUserInfo(at)).toEqual(expected);
  expect(users.userInfoRequests()).toBe(1);

  const told = await credentialsAt('digest', await users.sign(ADA, { ent: [ADA] }));
  expect((await host.of('digest').userInfo.getUserInfo(told)).ownershipEntityRefs).toEqual([ADA]);
  const through = await tokenOnBehalfOf(host.of('digest'), told, 'todo');
  expect(await host.of('todo').userInfo.getUserInfo(await credentialsAt('todo', through))).toEqual(expected);
});
