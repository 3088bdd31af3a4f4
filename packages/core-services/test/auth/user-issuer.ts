import { coreServices, createBackendPlugin, type BackendFeature } from '@bulkhead/backend-plugin-api';
import { CompactSign, SignJWT } from 'jose';
import { createKey, inSeconds } from './issuer-server.ts';

/** Signs users in, as the plugin `auth` of a host. */
export interface UserIssuer {
  readonly feature: BackendFeature;
  /** How often it was asked about a user. */
  readonly userInfoRequests: () => number;
  /** A full token. */
  sign(userEntityRef: string, claims?: { readonly ent?: readonly string[]; readonly exp?: number }): Promise<string>;
}

/** Makes one whose tokens have the form of Backstage's. */
export async function createUserIssuer(): Promise<UserIssuer> {
  const { kid, alg, privateKey, jwk } = await createKey('users');
  let count = 0;
  const feature = createBackendPlugin({
    pluginId: 'auth',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter, httpAuth: coreServices.httpAuth },
        async init({ httpRouter, httpAuth }) {
          httpRouter.addAuthPolicy({ path: '/.well-known', allow: 'unauthenticated' });
          httpRouter.addAuthPolicy({ path: '/v1/userinfo', allow: 'user-cookie' });
          httpRouter.use(async (req, res) => {
            if (req.path === '/.well-known/jwks.json') {
              res.json({ keys: [jwk] });
              return;
            }
            const { principal } = await httpAuth.credentials(req, { allow: ['user'], allowLimitedAccess: true });
            count += 1;
            res.json({
              claims: { sub: principal.userEntityRef, ent: [principal.userEntityRef, 'group:default/makers'] },
            });
          });
        },
      });
    },
  });
  return {
    feature,
    userInfoRequests: () => count,
    async sign(sub, { ent, exp = inSeconds(3_600) } = {}) {
      const iat = inSeconds(0);
      const limited = await new CompactSign(Buffer.from(JSON.stringify({ sub, iat, exp })))
        .setProtectedHeader({ typ: 'vnd.backstage.limited-user', alg, kid })
        .sign(privateKey);
      const [, , uip] = limited.split('.');
      return new SignJWT({ iss: 'http://auth', sub, aud: 'backstage', iat, exp, uip, ...(ent && { ent }) })
        .setProtectedHeader({ typ: 'vnd.backstage.user', alg, kid })
        .sign(privateKey);
    },
  };
}
