import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, type JWTPayload } from 'jose';
import { startAuthHost, type AuthHost } from './auth-harness.ts';
import { createKey, inSeconds, startIssuer, type IssuerServer, type TestKey } from './issuer-server.ts';

const SECRET = Buffer.from('a secret that both sides know');
const OLD_SECRET = Buffer.from('a secret of the old kind of key');

let issuer: IssuerServer;
let key: TestKey;
let host: AuthHost;

beforeAll(async () => {
  key = await createKey('idp-key', 'RS256');
  issuer = await startIssuer([key]);
  const restricted = [{ plugin: 'todo', permission: ['todo.read'] }];
  host = await startAuthHost(['todo', 'digest'], {
    config: {
      backend: {
        auth: {
          externalAccess: [
            { type: 'static', options: { token: 'token-of-the-ci', subject: 'ci' } },
            { type: 'static', options: { token: 'token-of-a-bot', subject: 'bot' }, accessRestrictions: restricted },
            { type: 'legacy', options: { secret: SECRET.toString('base64'), subject: 'legacy-caller' } },
            {
              type: 'jwks',
              options: {
                url: `${issuer.url}/strict`,
                issuer: 'https://idp',
                audience: 'host',
                algorithm: 'RS256',
                subjectPrefix: 'idp',
              },
            },
            {
              type: 'jwks',
              options: { url: `${issuer.url}/restricted`, issuer: ['https://other', 'https://another'] },
              accessRestrictions: restricted,
            },
          ],
          keys: [{ secret: OLD_SECRET.toString('base64') }],
        },
      },
    },
  });
});

afterAll(() => issuer[Symbol.asyncDispose]());

function legacyToken(secret: Uint8Array, claims: JWTPayload = {}): Promise<string> {
  const payload = { sub: 'backstage-server', exp: inSeconds(60), ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(secret);
}

function idpToken(claims: JWTPayload = {}, header: object = {}): Promise<string> {
  return new SignJWT({ iss: 'https://idp', aud: 'host', sub: 'robot', exp: inSeconds(60), ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'idp-key', ...header })
    .sign(key.privateKey);
}

async function codeOf(token: string, pluginId = 'todo'): Promise<string> {
  const { status, body } = await host.whoIs(pluginId, token);
  return `${status} ${(body.error as { code: string }).code}`;
}

const INVALID = '401 ERR_AUTH_INVALID_TOKEN';

it('a static token stands for its subject', async () => {
  expect((await host.whoIs('todo', 'token-of-the-ci')).body).toEqual({ type: 'service', subject: 'ci' });
});

describe('a token with a shared secret', () => {
  it('stands for the subject of the secret', async () => {
    const expected = { type: 'service', subject: 'legacy-caller' };
    expect((await host.whoIs('todo', await legacyToken(SECRET))).body).toEqual(expected);
    const old = { type: 'service', subject: 'external:backstage-plugin' };
    expect((await host.whoIs('todo', await legacyToken(OLD_SECRET))).body).toEqual(old);
  });

  it('is refused when it is not what Backstage makes, is over, or of another secret', async () => {
    expect(await codeOf(await legacyToken(SECRET, { exp: inSeconds(-60) }))).toBe('401 ERR_AUTH_TOKEN_EXPIRED');
    expect(await codeOf(await legacyToken(SECRET, { sub: 'somebody' }))).toBe(INVALID);
    expect(await codeOf(await legacyToken(SECRET, { aud: 'todo' }))).toBe(INVALID);
    expect(await codeOf(await legacyToken(Buffer.from('another secret of that length')))).toBe(INVALID);
  });

  it('is warned of in its oldest form', () => {
    const warnings = host.backend.logs.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
    expect(warnings).toContainEqual(expect.stringMatching(/^backend\.auth\.keys is out of date/));
  });
});

describe('a token of an issuer that publishes its keys', () => {
  it('stands for its subject', async () => {
    expect((await host.whoIs('todo', await idpToken())).body).toEqual({
      type: 'service',
      subject: 'external:idp:robot',
    });
  });

  it.each<[string, JWTPayload, object?]>([
    ['a wrong audience', { aud: 'elsewhere' }],
    ['no audience', { aud: undefined }],
    ['no end', { exp: undefined }],
    ['no subject', { sub: undefined }],
    ['an unknown issuer', { iss: 'https://nobody' }],
  ])('is refused with %s', async (_what, claims) => {
    expect(await codeOf(await idpToken(claims))).toBe(INVALID);
  });

  it('is refused when it is over, or changed', async () => {
    expect(await codeOf(await idpToken({ exp: inSeconds(-60) }))).toBe('401 ERR_AUTH_TOKEN_EXPIRED');
    const [header, , signature] = (await idpToken()).split('.');
    const payload = Buffer.from(JSON.stringify({ iss: 'https://idp', aud: 'host', sub: 'root', exp: inSeconds(60) }));
    expect(await codeOf(`${header}.${payload.toString('base64url')}.${signature}`)).toBe(INVALID);
  });

  it('makes nobody ask for the keys of an issuer that it is not from', async () => {
    const before = issuer.requests.length;
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) =>
        host.whoIs('todo', await idpToken({ iss: `https://${n}` }, { kid: `${n}` })),
      ),
    );
    expect(issuer.requests).toHaveLength(before);
  });
});

describe('restrictions', () => {
  it('hold for every type of token, at every plugin', async () => {
    const signed = await idpToken({ iss: 'https://another' });
    for (const [token, subject] of [
      ['token-of-a-bot', 'bot'],
      [signed, 'external:robot'],
    ] as const) {
      for (const _round of [1, 2]) {
        expect((await host.whoIs('todo', token)).body).toEqual({
          type: 'service',
          subject,
          accessRestrictions: { permissionNames: ['todo.read'] },
        });
        expect(await codeOf(token, 'digest')).toBe('403 ERR_AUTH_ACCESS_RESTRICTED');
      }
    }
  });

  it('keep callers away from the host itself', async () => {
    const statusFor = async (token: string): Promise<number> => {
      const { anonymous } = host.backend;
      return (await anonymous.get('/.bulkhead/plugins').set('Authorization', `Bearer ${token}`)).status;
    };
    expect(await statusFor('token-of-the-ci')).toBe(200);
    expect(await statusFor(await idpToken())).toBe(200);
    expect(await statusFor('token-of-a-bot')).toBe(403);
    const refused = await host.backend.anonymous
      .get('/.bulkhead/plugins')
      .set('Authorization', 'Bearer token-of-a-bot');
    // There is no restriction that one could add.
    expect(refused.body.error.hint).toBe('The endpoints of the host itself need a token without accessRestrictions.');
    expect(await statusFor(await idpToken({ iss: 'https://other' }))).toBe(403);
    expect(await statusFor(await idpToken({ aud: 'elsewhere' }))).toBe(401);
    expect(await statusFor('nonsense')).toBe(401);
  });
});
