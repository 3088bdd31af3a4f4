// This host with a plugin `auth` that shows a key, and a plugin `target` that checks tokens: COUNT tokens for the first
// time, then each of them again and again.
import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose';

const { privateKey, publicKey } = await generateKeyPair('ES256');
const key = { alg: 'ES256', kid: 'users' };
const jwk = { ...(await exportJWK(publicKey)), ...key };

/** A token in the form that the plugin `auth` gives it. */
async function sign(index) {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub: `user:default/user-${index}`, iat, exp: iat + 3600 };
  const limited = await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ typ: 'vnd.backstage.limited-user', ...key })
    .sign(privateKey);
  const ent = [claims.sub, 'group:default/makers'];
  return new SignJWT({ iss: 'http://127.0.0.1/api/auth', ...claims, aud: 'backstage', ent, uip: limited.split('.')[2] })
    .setProtectedHeader({ typ: 'vnd.backstage.user', ...key })
    .sign(privateKey);
}

const auth = createBackendPlugin({
  pluginId: 'auth',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        http.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        http.use((_req, res) => res.json({ keys: [jwk] }));
      },
    });
  },
});

const target = createBackendPlugin({
  pluginId: 'target',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter, auth: coreServices.auth },
      async init({ http, auth: service }) {
        http.addAuthPolicy({ path: '/checks', allow: 'unauthenticated' });
        http.use(async (req, res) => {
          const tokens = [];
          for (let index = 0; index < Number(req.query.count); index++) tokens.push(await sign(index));
          // Makes the key known, which is no part of a check.
          await service.authenticate(await sign('first'));
          const measure = async (rounds) => {
            const startedAt = performance.now();
            for (let round = 0; round < rounds; round++) {
              for (const token of tokens) await service.authenticate(token);
            }
            return ((performance.now() - startedAt) * 1000) / (rounds * tokens.length);
          };
          const fresh = await measure(1);
          await measure(5);
          res.json({ fresh, cached: await measure(50) });
        });
      },
    });
  },
});

const backend = createBackend({
  config: { backend: { listen: { host: '127.0.0.1', port: Number(process.env.PORT) } } },
});
backend.add(auth);
backend.add(target);
await backend.start();
console.log('ready');
