import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { createKey, showing, sign, startIssuer, type IssuerServer, type TestKey } from './issuer-server.ts';
import { COOLDOWN, createVerifier, type Verifier } from './verifier.ts';

const INVALID = 'ERR_AUTH_INVALID_TOKEN';
const UNAVAILABLE = 'ERR_AUTH_KEYS_UNAVAILABLE';

let key: TestKey;
let issuer: IssuerServer;
let verifier: Verifier;

beforeEach(async () => {
  key = await createKey('digest-key');
  issuer = await startIssuer([key]);
  verifier = createVerifier({ baseUrlOf: () => issuer.url });
});

afterEach(() => issuer[Symbol.asyncDispose]());

/** How many tokens, each with a key of its own that nobody knows, are refused with which code. */
async function storm(count: number, of: Verifier = verifier): Promise<Record<string, number>> {
  const tokens = await Promise.all(Array.from({ length: count }, (_, n) => sign(key, { header: { kid: `kid-${n}` } })));
  const codes = await Promise.all(tokens.map((token) => of.refusalOf(token)));
  const counts: Record<string, number> = {};
  for (const code of codes) counts[String(code)] = (counts[String(code)] ?? 0) + 1;
  return counts;
}

describe('an issuer that answers with', () => {
  const rsaPublicKey = { kty: 'RSA', kid: 'digest-key', n: 'AQAB', e: 'AQAB' };
  const cases: [string, RequestListener, string][] = [
    ['an error', (_req, res) => void res.writeHead(500).end('{"keys":[]}'), UNAVAILABLE],
    ['a redirect', (_req, res) => void res.writeHead(302, { Location: '/elsewhere' }).end(), UNAVAILABLE],
    ['a huge body', (_req, res) => void res.end(`{"keys":["${'x'.repeat(1_000_000)}"]}`), UNAVAILABLE],
    ['an endless body', (_req, res) => flood(res), UNAVAILABLE],
    ['a broken connection', (req) => void req.socket.destroy(), UNAVAILABLE],
    ['HTML', (_req, res) => void res.end('<html></html>'), UNAVAILABLE],
    ['JSON that is no key set', (_req, res) => void res.end('[]'), UNAVAILABLE],
    ['an empty object', (_req, res) => void res.end('{}'), UNAVAILABLE],
    ['no body', (_req, res) => void res.end(), UNAVAILABLE],
    ['no keys', showing([]), INVALID],
    ['keys that are none', (_req, res) => void res.end('{"keys":[null,1,"x",[],{}]}'), INVALID],
    ['a secret', showing([{ kty: 'oct', k: 'c2VjcmV0', kid: 'digest-key', alg: 'HS256' }]), INVALID],
    ['a key of another kind', showing([rsaPublicKey]), INVALID],
    ['a key of another kind that says the right algorithm', showing([{ ...rsaPublicKey, alg: 'ES256' }]), INVALID],
    [
      'a key for encryption',
      (_req, res) => void res.end(JSON.stringify({ keys: [{ ...key.jwk, use: 'enc' }] })),
      INVALID,
    ],
    ['a private key', (_req, res) => void res.end(JSON.stringify({ keys: [{ ...key.jwk, d: 'AAAA' }] })), INVALID],
    ['not found', (_req, res) => void res.writeHead(404).end(), INVALID],
  ];

  const slow: [string, RequestListener][] = [
    ['nothing, for ever', () => undefined],
    ['a body that trickles', (_req, res) => trickle(res)],
  ];

  async function expectDisbelief(answer: RequestListener, code: string): Promise<void> {
    issuer.answer = answer;
    const before = performance.now();
    expect(await verifier.refusalOf(await sign(key))).toBe(code);
    await storm(100);
    await storm(100);
    const pauses = (performance.now() - before) / COOLDOWN;
    expect(issuer.requests.length).toBeLessThanOrEqual(1 + pauses);
    expect(new Set(issuer.requests)).toEqual(new Set(['/.backstage/auth/v1/jwks.json']));
    if (code === UNAVAILABLE) {
      const warnings = verifier.logger.lines.filter(({ level }) => level === 'warn');
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatchObject({ meta: { error: { code: 'ERR_AUTH_JWKS' } } });
    }
  }

  it.each(cases)('%s is not believed, and not asked often', async (_what, answer, code) => {
    await expectDisbelief(answer, code);
  });

  it.each(slow)('%s is not waited for, either', async (_what, answer) => {
    verifier = createVerifier({ baseUrlOf: () => issuer.url, requestTimeout: 300 });
    await expectDisbelief(answer, UNAVAILABLE);
  });
});

function trickle(res: Parameters<RequestListener>[1]): void {
  res.writeHead(200);
  const timer = setInterval(() => void res.write(' '), 20);
  res.on('close', () => clearInterval(timer));
}

function flood(res: Parameters<RequestListener>[1]): void {
  res.writeHead(200);
  const more = (): void => {
    while (!res.destroyed && res.write('x'.repeat(10_000)));
  };
  res.on('drain', more);
  more();
}

describe('an issuer', () => {
  it('is asked once, however many tokens come first', async () => {
    const tokens = await Promise.all(Array.from({ length: 100 }, (_, n) => sign(key, { claims: { n } })));
    expect(await Promise.all(tokens.map((token) => verifier.refusalOf(token)))).toEqual(tokens.map(() => undefined));
    expect(issuer.requests).toHaveLength(1);
  });

  it('that has a new key is asked again, and nobody notices', async () => {
    expect(await verifier.refusalOf(await sign(key))).toBeUndefined();
    const next = await createKey('next-key');
    issuer.answer = showing([key.jwk, next.jwk]);
    const tokens = await Promise.all(Array.from({ length: 100 }, (_, n) => sign(next, { claims: { n } })));
    expect(await Promise.all(tokens.map((token) => verifier.refusalOf(token)))).toEqual(tokens.map(() => undefined));
    expect(issuer.requests).toHaveLength(2);
  });

  it('that is down is not needed for keys that are known', async () => {
    expect(await verifier.refusalOf(await sign(key))).toBeUndefined();
    await issuer[Symbol.asyncDispose]();
    expect(await verifier.refusalOf(await sign(key, { claims: { n: 1 } }))).toBeUndefined();
    expect(await verifier.refusalOf(await sign(await createKey('next-key')))).toBe(UNAVAILABLE);
    expect(await verifier.refusalOf(await sign(key, { claims: { n: 2 } }))).toBeUndefined();
  });

  it('that is back is believed again', async () => {
    const answer = issuer.answer;
    issuer.answer = (_req, res) => void res.writeHead(503).end();
    expect(await verifier.refusalOf(await sign(key))).toBe(UNAVAILABLE);
    issuer.answer = answer;
    let refusal: string | undefined;
    do refusal = await verifier.refusalOf(await sign(key));
    while (refusal === UNAVAILABLE);
    expect(refusal).toBeUndefined();
    expect(verifier.logger.lines.at(-1)).toMatchObject({ level: 'info' });
  });

  it('that has withdrawn a key is found out', async () => {
    const own = createVerifier({ baseUrlOf: () => issuer.url, limits: { maxAge: 0, cooldown: 0 } });
    expect(await own.refusalOf(await sign(key))).toBeUndefined();
    issuer.answer = showing([]);
    let count = 0;
    while ((await own.refusalOf(await sign(key, { claims: { n: count++ } }))) === undefined);
    expect(await own.refusalOf(await sign(key, { claims: { n: count } }))).toBe(INVALID);
  });

  it('that has not answered for long is not believed any more', async () => {
    const own = createVerifier({ baseUrlOf: () => issuer.url, limits: { maxStale: 0, cooldown: 0 } });
    expect(await own.refusalOf(await sign(key))).toBeUndefined();
    issuer.answer = (_req, res) => void res.writeHead(503).end();
    expect(await own.refusalOf(await sign(key, { claims: { n: 1 } }))).toBe(UNAVAILABLE);
  });

  it('does not keep more waiting than it can', async () => {
    const own = createVerifier({ baseUrlOf: () => issuer.url, limits: { maxWaiting: 10 } });
    expect(await own.refusalOf(await sign(key))).toBeUndefined();
    expect(await storm(100, own)).toEqual({ [INVALID]: 10, [UNAVAILABLE]: 90 });
  });
});

describe('tokens of plugins that nobody knows', () => {
  async function stormOfIssuers(of: Verifier): Promise<void> {
    const tokens = await Promise.all(
      Array.from({ length: 500 }, (_, n) => sign(key, { claims: { sub: `plugin-${n}` } })),
    );
    await Promise.all(tokens.map((token) => of.refusalOf(token)));
  }

  it('cause no request where discovery would find them in this very process', async () => {
    await stormOfIssuers(createVerifier({ baseUrlOf: () => undefined }));
    expect(issuer.requests).toEqual([]);
  });

  it('cause few requests where discovery finds everything elsewhere, and none for known plugins is lost', async () => {
    const own = createVerifier({ baseUrlOf: (id) => `${issuer.url}/${id}` });
    expect(await own.refusalOf(await sign(key))).toBeUndefined();
    issuer.answer = (_req, res) => void res.writeHead(404).end();
    await stormOfIssuers(own);
    expect(issuer.requests.length).toBeLessThan(80);
    issuer.answer = showing([key.jwk]);
    expect(await own.refusalOf(await sign(key, { claims: { n: 1 } }))).toBeUndefined();
    const warnings = own.logger.lines.filter(({ level }) => level === 'warn');
    expect(warnings).toMatchObject([{ meta: { error: { code: 'ERR_AUTH_TOO_MANY_ISSUERS' } } }]);
  });

  it('cause no request at all where their name is no plugin id', async () => {
    const own = createVerifier({ baseUrlOf: (id) => `${issuer.url}/${id}` });
    for (const sub of ['../auth', 'a/b', 'http://127.0.0.1', 'ä', '', 'x'.repeat(1_000), '__proto__', '%2e%2e']) {
      expect(await own.refusalOf(await sign(key, { claims: { sub } }))).toBe(INVALID);
    }
    expect(issuer.requests).toEqual([]);
  });
});
