import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { NEEDS_DATABASE, startAuthHost } from './auth-harness.ts';

const SERVICE = { type: 'service', subject: 'plugin:digest' };

describe('a plugin that calls another', () => {
  it('is known by its token, in the same process', async () => {
    const host = await startAuthHost(['todo', 'digest']);
    const token = await host.tokenFor('todo', 'digest');
    expect(await host.whoIs('todo', token)).toEqual({ status: 200, body: SERVICE });

    const { keys } = await host.of('digest').auth.listPublicServiceKeys();
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'vnd.backstage.plugin', alg: 'ES256', kid: keys[0]?.kid });
    const { iat, exp, ...claims } = decodeJwt(token);
    expect(claims).toEqual({ sub: 'digest', aud: 'todo' });
    expect(exp! - iat!).toBe(3_600);
  });

  it('is known by its token, in another process', async () => {
    const work = await startAuthHost(['digest']);
    const edge = await startAuthHost(['todo'], {
      config: { discovery: { endpoints: [{ target: `${work.backend.url}/api/{{pluginId}}`, plugins: ['digest'] }] } },
    });
    const token = await work.tokenFor('todo', 'digest');
    expect(await edge.whoIs('todo', token)).toEqual({ status: 200, body: SERVICE });
    expect((await edge.whoIs('todo', await work.tokenFor('other', 'digest'))).status).toBe(401);
  });

  it('shows its public keys to anybody, once it has some', async () => {
    const { backend, tokenFor } = await startAuthHost(['todo', 'digest']);
    const path = '/api/digest/.backstage/auth/v1/jwks.json';
    await backend.anonymous.get(path).expect(200, { keys: [] });
    await tokenFor('todo', 'digest');
    const { body } = await backend.anonymous.get(path).expect(200);
    expect(body).toEqual({
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          alg: 'ES256',
          use: 'sig',
          kid: expect.any(String),
          x: expect.any(String),
          y: expect.any(String),
        },
      ],
    });
    await backend.anonymous.get('/api/todo/.backstage/auth/v1/jwks.json').expect(200, { keys: [] });
    await backend.anonymous.post(path).expect(405);
    await backend.anonymous.get('/api/nobody/.backstage/auth/v1/jwks.json').expect(404);
  });

  it('is handed the same token again for the same target', async () => {
    const { tokenFor } = await startAuthHost(['todo', 'digest']);
    const tokens = await Promise.all([tokenFor('todo', 'digest'), tokenFor('todo', 'digest'), tokenFor('x', 'digest')]);
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[0]).not.toBe(tokens[2]);
  });
});

it('a plugin without a router shows its public keys, too', async () => {
  const { backend } = await startAuthHost(['todo'], { features: [NEEDS_DATABASE] });
  await backend.anonymous.get('/api/storing/.backstage/auth/v1/jwks.json').expect(200, { keys: [] });
});

it('keys out of files serve every plugin', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
  const files = { privateKeyFile: join(folder, 'private.pem'), publicKeyFile: join(folder, 'public.pem') };
  await writeFile(files.privateKeyFile, await exportPKCS8(privateKey));
  await writeFile(files.publicKeyFile, await exportSPKI(publicKey));
  const keys = [{ keyId: 'static', algorithm: 'ES384', ...files }];
  const config = { backend: { auth: { pluginKeyStore: { type: 'static', static: { keys } } } } };
  const host = await startAuthHost(['todo', 'digest'], { config });
  await rm(folder, { recursive: true });
  const token = await host.tokenFor('todo', 'digest');
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES384', kid: 'static' });
  expect(await host.whoIs('todo', token)).toEqual({ status: 200, body: SERVICE });
  const { body } = await host.backend.anonymous.get('/api/todo/.backstage/auth/v1/jwks.json').expect(200);
  expect(body.keys).toMatchObject([{ kid: 'static', alg: 'ES384' }]);
});

describe('replicas of a plugin', () => {
  it('show the public keys of each other, and know each other’s tokens', async () => {
    const host = await startAuthHost(['todo', 'digest'], { replicas: 2, features: [NEEDS_DATABASE] });
    const tokens: string[] = [];
    for (const replica of [0, 1]) {
      const { auth } = host.of('digest', replica);
      const onBehalfOf = await auth.getOwnServiceCredentials();
      tokens.push((await auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'todo' })).token);
    }
    for (const replica of host.backend.replicas) {
      for (const token of tokens) {
        const response = await fetch(`${replica.url}/api/todo/who`, { headers: { Authorization: `Bearer ${token}` } });
        expect(await response.json()).toEqual(SERVICE);
      }
      const jwks = await fetch(`${replica.url}/api/digest/.backstage/auth/v1/jwks.json`);
      const { keys } = (await jwks.json()) as { keys: { kid: string }[] };
      expect(keys.map(({ kid }) => kid).sort()).toEqual(tokens.map((token) => decodeProtectedHeader(token).kid).sort());
    }
  });
});
