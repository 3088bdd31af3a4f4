import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import authPlugin from '../src/index.ts';

const ALICE = 'user:default/alice';
const config = {
  auth: { guest: { users: [{ user: ALICE, groups: ['group:default/makers'] }, { user: 'user:default/bob' }] } },
};

/** Tells who calls it. */
const whoPlugin = createBackendPlugin({
  pluginId: 'who',
  register(env) {
    env.registerInit({
      deps: { httpAuth: coreServices.httpAuth, httpRouter: coreServices.httpRouter },
      async init({ httpAuth, httpRouter }) {
        httpRouter.use(async (req, res) => {
          res.json((await httpAuth.credentials(req, { allow: ['user'] })).principal);
        });
      },
    });
  },
});

let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend({ features: [authPlugin, whoPlugin], config });
});

interface SignedIn {
  readonly token: string;
  readonly expiresAt: string;
  readonly user: string;
}

async function signIn(body?: object): Promise<SignedIn> {
  const response = await backend.anonymous.post('/api/auth/guest/token').send(body).expect(200);
  return response.body as SignedIn;
}

/** What plugins make of a full token for passing on. */
function limitedTokenOf(token: string): string {
  const { alg, kid } = decodeProtectedHeader(token);
  const { sub, iat, exp, uip } = decodeJwt<{ uip: string }>(token);
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode({ typ: 'vnd.backstage.limited-user', alg, kid })}.${encode({ sub, iat, exp })}.${uip}`;
}

describe('POST /api/auth/guest/token', () => {
  it('gives a token by which every plugin knows the user', async () => {
    const { token, expiresAt, user } = await signIn({ user: ALICE });
    expect(user).toBe(ALICE);
    const { iat, exp, uip, iss, ...claims } = decodeJwt(token);
    expect(claims).toEqual({ sub: ALICE, aud: 'backstage', ent: [ALICE, 'group:default/makers'] });
    expect({ iss, lifetime: exp! - iat!, expiresAt, uip }).toEqual({
      iss: `${backend.url}/api/auth`,
      lifetime: 3_600,
      expiresAt: new Date(exp! * 1_000).toISOString(),
      uip: expect.any(String),
    });
    await backend.anonymous
      .get('/api/who')
      .set('Authorization', `Bearer ${token}`)
      .expect(200, { type: 'user', userEntityRef: ALICE });
  });

  it('signs a guest in who does not say who they are', async () => {
    expect((await signIn()).user).toBe('user:development/guest');
    expect((await signIn({})).user).toBe('user:development/guest');
  });

  it('knows nobody else', async () => {
    const { body } = await backend.anonymous
      .post('/api/auth/guest/token')
      .send({ user: 'user:default/alic' })
      .expect(403);
    expect(body.error).toMatchObject({ code: 'ERR_SIGN_IN_UNKNOWN_GUEST', hint: `Did you mean '${ALICE}'?` });
  });

  it.each([[{ user: 1 }], [{ name: ALICE }], [[ALICE]]])('refuses %j', async (given) => {
    const { body } = await backend.anonymous.post('/api/auth/guest/token').send(given).expect(400);
    expect(body.error.name).toBe('InputError');
  });

  it('takes JSON only', async () => {
    await backend.anonymous.post('/api/auth/guest/token').type('text').send('x').expect(415);
  });
});

describe('in production', () => {
  const { NODE_ENV } = process.env;

  afterEach(() => {
    process.env.NODE_ENV = NODE_ENV;
  });

  async function statusWith(allowInProduction: boolean): Promise<number> {
    process.env.NODE_ENV = 'production';
    const { anonymous } = await startTestBackend({
      features: [authPlugin],
      config: { auth: { guest: { ...config.auth.guest, allowInProduction } } },
    });
    const { status, body } = await anonymous.post('/api/auth/guest/token').send({ user: ALICE });
    if (status === 403) expect(body.error.code).toBe('ERR_SIGN_IN_GUEST_IN_PRODUCTION');
    return status;
  }

  it('nobody is a guest unless that is wanted', async () => {
    expect(await statusWith(false)).toBe(403);
    expect(await statusWith(true)).toBe(200);
  });
});

describe('GET /api/auth/v1/userinfo', () => {
  const info = { claims: { sub: ALICE, ent: [ALICE, 'group:default/makers'] } };

  it('tells what is known about the user, also for a limited token', async () => {
    const { token } = await signIn({ user: ALICE });
    const limited = limitedTokenOf(token);
    const get = () => backend.anonymous.get('/api/auth/v1/userinfo');
    await get().set('Authorization', `Bearer ${token}`).expect(200, info);
    await get().set('Authorization', `Bearer ${limited}`).expect(200, info);
    await get().set('Cookie', `backstage-auth=${limited}`).expect(200, info);
    await get().expect(401);
    await backend.anonymous.get('/api/who').set('Authorization', `Bearer ${limited}`).expect(401);
  });

  it('knows nothing about users who have not signed in', async () => {
    const { body } = await backend.agent.get('/api/auth/v1/userinfo').expect(404);
    expect(body.error.code).toBe('ERR_SIGN_IN_UNKNOWN_USER');
  });
});

it('a user stays signed in when the plugin is restarted', async () => {
  const own = await startTestBackend({ features: [authPlugin, whoPlugin] });
  const { body } = await own.anonymous.post('/api/auth/guest/token').expect(200);
  await own.restart();
  await own.anonymous.get('/api/who').set('Authorization', `Bearer ${body.token}`).expect(200);
  const { body: after } = await own.anonymous.post('/api/auth/guest/token').expect(200);
  expect(decodeProtectedHeader(after.token as string).kid).not.toBe(decodeProtectedHeader(body.token as string).kid);
  const { body: jwks } = await own.anonymous.get('/api/auth/.well-known/jwks.json').expect(200);
  expect(jwks.keys).toHaveLength(2);
  expect(JSON.stringify(jwks)).not.toContain('"d"');
});

it('a user who has signed in at one replica is known to all', async () => {
  const own = await startTestBackend({ features: [authPlugin, whoPlugin], replicas: 2 });
  for (let round = 0; round < 3; round++) {
    const { body } = await own.anonymous.post('/api/auth/guest/token').expect(200);
    for (const { url } of own.replicas) {
      const response = await fetch(`${url}/api/who`, { headers: { Authorization: `Bearer ${body.token}` } });
      expect(response.status).toBe(200);
    }
  }
});
