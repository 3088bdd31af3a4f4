import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportSPKI, SignJWT } from 'jose';
import {
  createKey,
  inSeconds,
  sign,
  startIssuer,
  type IssuerServer,
  type TestKey,
  type TokenParts,
} from './issuer-server.ts';
import { createVerifier, type Verifier } from './verifier.ts';

let issuer: IssuerServer;
let verifier: Verifier;
/** Of the plugin `digest`, of the plugin `other`, of the plugin `auth`, and of an attacker. */
let digest: TestKey;
let other: TestKey;
let users: TestKey;
let attacker: TestKey;

beforeAll(async () => {
  [digest, other, users, attacker] = await Promise.all([
    createKey('digest-key'),
    createKey('other-key'),
    createKey('user-key'),
    createKey('attacker-key'),
  ]);
  issuer = await startIssuer();
  const keysAt: Record<string, TestKey> = {
    '/digest/.backstage/auth/v1/jwks.json': digest,
    '/other/.backstage/auth/v1/jwks.json': other,
    '/auth/.well-known/jwks.json': users,
  };
  issuer.answer = (req, res) => {
    const key = keysAt[req.url ?? ''];
    res.statusCode = key ? 200 : 404;
    res.end(JSON.stringify({ keys: key ? [key.jwk] : [] }));
  };
  verifier = createVerifier({ baseUrlOf: (id) => `${issuer.url}/${id}` });
});

afterAll(() => issuer[Symbol.asyncDispose]());

const INVALID = 'ERR_AUTH_INVALID_TOKEN';

function encode(part: object | string): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

function partsOf(token: string): [string, string, string] {
  return token.split('.') as [string, string, string];
}

function userToken(parts: TokenParts = {}, key = users): Promise<string> {
  const { header, claims } = parts;
  return sign(key, {
    header: { typ: 'vnd.backstage.user', ...header },
    claims: { sub: 'user:default/ada', aud: 'backstage', ...claims },
  });
}

function limitedUserToken(parts: TokenParts = {}): Promise<string> {
  return userToken({
    header: { typ: 'vnd.backstage.limited-user', ...parts.header },
    claims: { aud: undefined, ...parts.claims },
  });
}

describe('a token of a plugin', () => {
  it('is accepted when nothing is wrong with it', async () => {
    const { principal, expiresAt } = await verifier.auth.authenticate(await sign(digest));
    expect(principal).toEqual({ type: 'service', subject: 'plugin:digest' });
    expect(expiresAt!.getTime()).toBeGreaterThan(Date.now());
    expect(await verifier.refusalOf(await sign(other, { claims: { sub: 'other' } }))).toBeUndefined();
    expect(await verifier.refusalOf(await sign(digest, { claims: { iat: inSeconds(3) } }))).toBeUndefined();
  });

  it.each<[string, TokenParts, string?]>([
    ['a wrong audience', { claims: { aud: 'other' } }],
    ['several wrong audiences', { claims: { aud: ['other', 'third'] } }],
    ['no audience', { claims: { aud: undefined } }],
    ['no subject', { claims: { sub: undefined } }],
    ['an empty subject', { claims: { sub: '' } }],
    ['a subject that is no plugin id', { claims: { sub: '../auth' } }],
    ['a subject that is no text', { claims: { sub: ['digest'] } }],
    ['no time of issue', { claims: { iat: undefined } }],
    ['no end', { claims: { exp: undefined } }],
    ['an end that is no number', { claims: { exp: 'never' } }],
    ['an end in the past', { claims: { iat: inSeconds(-7_200), exp: inSeconds(-60) } }, 'ERR_AUTH_TOKEN_EXPIRED'],
    ['a beginning in the future', { claims: { nbf: inSeconds(60) } }],
    ['a time of issue in the future', { claims: { iat: inSeconds(60) } }],
    ['an unknown key', { header: { kid: 'unknown' } }],
    ['no name of a key', { header: { kid: undefined } }],
    ['a name of a key that is no text', { header: { kid: 1 } }],
    ['the type of another kind of token', { header: { typ: 'vnd.backstage.user' }, claims: { aud: 'backstage' } }],
    ['the usual type', { header: { typ: 'JWT' } }],
    ['no type', { header: { typ: undefined } }],
    ['on whose behalf nobody can tell', { claims: { obo: 'unknown' } }],
    ['somebody who is no token on whose behalf', { claims: { obo: { sub: 'user:default/ada' } } }],
  ])('is refused with %s', async (_what, parts, code = INVALID) => {
    expect(await verifier.refusalOf(await sign(digest, parts))).toBe(code);
  });

  it('is refused without a signature', async () => {
    const [, payload, signature] = partsOf(await sign(digest));
    for (const alg of ['none', 'None', 'NONE', '']) {
      const header = encode({ typ: 'vnd.backstage.plugin', alg, kid: digest.kid });
      expect(await verifier.refusalOf(`${header}.${payload}.`)).toBe(INVALID);
      expect(await verifier.refusalOf(`${header}.${payload}.${signature}`)).toBe(INVALID);
    }
  });

  it('is refused when the public key is used as a secret', async () => {
    const header = encode({ typ: 'vnd.backstage.plugin', alg: 'HS256', kid: digest.kid });
    const [, payload] = partsOf(await sign(digest));
    for (const secret of [await exportSPKI(digest.publicKey), JSON.stringify(digest.jwk), digest.jwk.x as string]) {
      const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
      expect(await verifier.refusalOf(`${header}.${payload}.${signature}`)).toBe(INVALID);
    }
  });

  it('is refused with another algorithm than that of the key', async () => {
    const before = issuer.requests.length;
    for (const alg of ['RS256', 'PS256', 'ES384', 'EdDSA']) {
      const key = await createKey(digest.kid, alg);
      expect(await verifier.refusalOf(await sign(key))).toBe(INVALID);
    }
    expect(issuer.requests).toHaveLength(before);
  });

  it('is refused with a key of somebody else', async () => {
    expect(await verifier.refusalOf(await sign(other))).toBe(INVALID);
    expect(await verifier.refusalOf(await sign(other, { header: { kid: digest.kid } }))).toBe(INVALID);
    expect(await verifier.refusalOf(await sign(users))).toBe(INVALID);
    expect(await verifier.refusalOf(await sign(attacker, { header: { kid: digest.kid } }))).toBe(INVALID);
  });

  it('is refused when it has been changed', async () => {
    const [header, payload, signature] = partsOf(await sign(digest));
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const changed = encode({ ...claims, obo: await userToken() });
    expect(await verifier.refusalOf(`${header}.${changed}.${signature}`)).toBe(INVALID);
    const renamed = encode({ ...JSON.parse(Buffer.from(header, 'base64url').toString()), extra: 1 });
    expect(await verifier.refusalOf(`${renamed}.${payload}.${signature}`)).toBe(INVALID);
    expect(await verifier.refusalOf(`${header}.${payload}.${'A'.repeat(signature.length)}`)).toBe(INVALID);
  });

  it('is refused with critical parts that nobody knows', async () => {
    const header = { typ: 'vnd.backstage.plugin', alg: 'ES256', kid: digest.kid, crit: ['x'], x: 1 };
    const token = await new SignJWT({ sub: 'digest', aud: 'todo', iat: inSeconds(0), exp: inSeconds(60) })
      .setProtectedHeader(header)
      .sign(digest.privateKey, { crit: { x: true } });
    expect(await verifier.refusalOf(token)).toBe(INVALID);
  });

  it('cannot bring its key along', async () => {
    await using trap = await startIssuer([attacker]);
    const header = { jwk: attacker.jwk, jku: `${trap.url}/keys`, x5u: `${trap.url}/certificates`, x5c: ['AAAA'] };
    expect(await verifier.refusalOf(await sign(attacker, { header }))).toBe(INVALID);
    expect(await verifier.refusalOf(await sign(attacker, { header: { ...header, kid: digest.kid } }))).toBe(INVALID);
    expect(await verifier.refusalOf(await sign(digest, { header }))).toBeUndefined();
    expect(trap.requests).toEqual([]);
  });

  it('is not even read when it is too large', async () => {
    const token = await sign(digest, { claims: { padding: 'x'.repeat(20_000) } });
    expect(await verifier.refusalOf(token)).toBe('ERR_AUTH_TOKEN_TOO_LARGE');
    expect(await verifier.refusalOf('x'.repeat(10_000_000))).toBe('ERR_AUTH_TOKEN_TOO_LARGE');
  });

  it.each([
    '',
    '.',
    '..',
    'a.b',
    'a.b.c',
    'a.b.c.d',
    `${encode('null')}.${encode('null')}.x`,
    `${encode('{}')}.${encode('[]')}.x`,
  ])('is not %j', async (text) => {
    expect(await verifier.refusalOf(text)).toBe(INVALID);
  });

  it('is refused without a word to the caller, and with the reason to the operator', async () => {
    const token = await sign(digest, { claims: { aud: 'third' } });
    const error = await verifier.auth.authenticate(token).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'AuthenticationError', message: 'The token is not valid' });
    expect(error).not.toHaveProperty('cause');
    const line = verifier.logger.lines.at(-1);
    expect(line).toMatchObject({ level: 'debug', meta: { sub: '"digest"', aud: '"third"' } });
    expect(line?.message).toMatch(/A token was refused: .*"aud"/);
    expect(JSON.stringify(verifier.logger.lines)).not.toContain(partsOf(token)[2]);
  });
});

describe('a token of a user', () => {
  it('is accepted when nothing is wrong with it', async () => {
    const principal = { type: 'user', userEntityRef: 'user:default/ada' };
    expect((await verifier.auth.authenticate(await userToken())).principal).toEqual(principal);
    const old = await userToken({ header: { typ: undefined } });
    expect((await verifier.auth.authenticate(old)).principal).toEqual(principal);
  });

  it.each<[string, TokenParts, string?]>([
    ['a wrong audience', { claims: { aud: 'todo' } }],
    ['no audience', { claims: { aud: undefined } }],
    ['no subject', { claims: { sub: undefined } }],
    ['no end', { claims: { exp: undefined } }],
    ['an end in the past', { claims: { exp: inSeconds(-60) } }, 'ERR_AUTH_TOKEN_EXPIRED'],
    ['a beginning in the future', { claims: { nbf: inSeconds(60) } }],
    ['an unknown key', { header: { kid: 'unknown' } }],
    ['an unusual type', { header: { typ: 'at+jwt' } }],
  ])('is refused with %s', async (_what, parts, code = INVALID) => {
    expect(await verifier.refusalOf(await userToken(parts))).toBe(code);
  });

  it('is refused with a key of a plugin', async () => {
    expect(await verifier.refusalOf(await userToken({}, digest))).toBe(INVALID);
    expect(await verifier.refusalOf(await userToken({ header: { kid: users.kid } }, digest))).toBe(INVALID);
  });

  it('is refused when it is limited and a full one is needed', async () => {
    const limited = await limitedUserToken();
    expect(await verifier.refusalOf(limited)).toBe('ERR_AUTH_LIMITED_TOKEN');
    const { principal } = await verifier.auth.authenticate(limited, { allowLimitedAccess: true });
    expect(principal).toEqual({ type: 'user', userEntityRef: 'user:default/ada' });
  });
});

describe('a token on behalf of a user', () => {
  async function tokenFor(obo: string, key = digest): Promise<string> {
    return sign(key, { claims: { obo } });
  }

  it('is accepted when the user’s own would be', async () => {
    expect((await verifier.auth.authenticate(await tokenFor(await limitedUserToken()))).principal).toEqual({
      type: 'user',
      userEntityRef: 'user:default/ada',
      actor: { type: 'service', subject: 'plugin:digest' },
    });
  });

  it('ends when the user’s own does', async () => {
    const end = inSeconds(60);
    const token = await tokenFor(await limitedUserToken({ claims: { exp: end } }));
    expect((await verifier.auth.authenticate(token)).expiresAt).toEqual(new Date(end * 1_000));
  });

  it('is refused when the user’s own would be', async () => {
    const expired = await limitedUserToken({ claims: { exp: inSeconds(-60) } });
    expect(await verifier.refusalOf(await tokenFor(expired))).toBe('ERR_AUTH_TOKEN_EXPIRED');
    const [header, payload] = partsOf(await limitedUserToken());
    expect(await verifier.refusalOf(await tokenFor(`${header}.${payload}.AAAA`))).toBe(INVALID);
    expect(await verifier.refusalOf(await tokenFor(await sign(digest)))).toBe(INVALID);
    const self = await sign(digest, {
      header: { typ: 'vnd.backstage.limited-user' },
      claims: { sub: 'user:default/ada' },
    });
    expect(await verifier.refusalOf(await tokenFor(self))).toBe(INVALID);
  });

  it('is refused when the plugin’s own would be', async () => {
    expect(await verifier.refusalOf(await tokenFor(await limitedUserToken(), attacker))).toBe(INVALID);
  });
});
