import { beforeAll, expect, it } from '@jest/globals';
import { startAuthHost, type AuthHost } from '../auth/auth-harness.ts';
import { inSeconds } from '../auth/issuer-server.ts';
import { createUserIssuer, type UserIssuer } from '../auth/user-issuer.ts';

const ADA = 'user:default/ada';

let users: UserIssuer;
let host: AuthHost;

beforeAll(async () => {
  users = await createUserIssuer();
  host = await startAuthHost(['todo'], { features: [users.feature] });
});

/** The status with which the host answers. */
async function statusOf(path: string, token: string): Promise<number> {
  const { status } = await host.backend.anonymous.get(path).set('Authorization', `Bearer ${token}`);
  return status;
}

it('whoever is signed in may read them', async () => {
  expect(await statusOf('/api/openapi.json', await users.sign(ADA))).toBe(200);
});

it('with a token that is valid', async () => {
  const token = await users.sign(ADA);
  const forged = (await createUserIssuer()).sign(ADA);
  const [header, , signature] = token.split('.');
  const payload = (await users.sign('user:default/mallory')).split('.')[1];
  for (const bad of [
    await forged,
    `${header}.${payload}.${signature}`,
    await users.sign(ADA, { exp: inSeconds(-60) }),
    // For another plugin, and not for the host.
    await host.tokenFor('todo', 'todo'),
  ]) {
    expect(await statusOf('/api/openapi.json', bad)).toBe(401);
  }
});

it('what the host tells about itself is not for users', async () => {
  expect(await statusOf('/.bulkhead/plugins', await users.sign(ADA))).toBe(401);
});
