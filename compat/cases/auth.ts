import assert from 'node:assert/strict';
import type { Case } from '../src/case.ts';
import { eventually } from '../src/http.ts';
import { answers, leadsTo, refuses, type Proof } from '../src/proofs.ts';

/** Who signs users in. */
export const authCases: readonly Case[] = [
  {
    name: '@backstage/plugin-auth-backend',
    feature: 'auth',
    ...answers('/api/auth/.well-known/openid-configuration', 200, {
      as: 'nobody',
      parts: { token_endpoint_auth_methods_supported: [] },
    }),
  },
  {
    name: '@backstage/plugin-auth-backend-module-guest-provider',
    feature: 'auth/guest-provider',
    proof: 'GET /api/auth/guest/refresh → token of a user, whose key is published',
    async prove(host) {
      const [, payload] = (await host.userToken()).split('.');
      const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as { sub?: string };
      assert.equal(claims.sub, 'user:development/guest');
      const answer = await host.ask('/api/auth/.well-known/jwks.json', { as: 'nobody' });
      assert.equal((answer.expect(200) as { keys: unknown[] }).keys.length, 1);
    },
  },
  provider('atlassian', leadsTo('atlassian', /^https:\/\/auth\.atlassian\.com\/authorize/)),
  provider('auth0', leadsTo('auth0', /^https:\/\/auth0\.test\/authorize/)),
  provider('aws-alb', refuses('awsalb', /Missing ALB OIDC header/), 'awsAlbProvider'),
  provider('azure-easyauth', refuses('azureEasyAuth', /Missing x-ms-token-aad-id-token/)),
  provider('bitbucket', leadsTo('bitbucket', /^https:\/\/bitbucket\.org\/site\/oauth2\/authorize/)),
  provider(
    'bitbucket-server',
    leadsTo('bitbucketServer', /^https:\/\/bitbucket\.test\/rest\/oauth2\/latest\/authorize/),
  ),
  provider('cloudflare-access', refuses('cfaccess', /Missing cf-access-jwt-assertion/)),
  provider('gcp-iap', refuses('gcpIap', /Missing Google IAP header/)),
  provider('github', leadsTo('github', /^https:\/\/github\.com\/login\/oauth\/authorize/)),
  provider('gitlab', leadsTo('gitlab', /^https:\/\/gitlab\.test\/oauth\/authorize/)),
  provider('google', leadsTo('google', /^https:\/\/accounts\.google\.com\/o\/oauth2/)),
  provider('microsoft', leadsTo('microsoft', /^https:\/\/login\.microsoftonline\.com\/compat-tenant/)),
  provider('oauth2', leadsTo('oauth2', /^https:\/\/oauth2\.test\/authorize/)),
  provider('oauth2-proxy', {
    proof: 'signs in whom the header of the proxy names',
    async prove(host) {
      await eventually(async () => {
        const headers = { 'x-forwarded-user': 'ann' };
        const answer = await host.ask('/api/auth/oauth2Proxy/refresh', { as: 'nobody', headers });
        answer.expect(200, { backstageIdentity: { identity: { userEntityRef: 'user:default/ann' } } });
      });
    },
  }),
  provider('oidc', leadsTo('oidc', /\/oidc\/authorize/)),
  provider('okta', leadsTo('okta', /^https:\/\/okta\.test\/oauth2\/v1\/authorize/)),
  provider('onelogin', leadsTo('onelogin', /^https:\/\/onelogin\.test\/auth/)),
  provider('openshift', leadsTo('openshift', /^https:\/\/openshift\.test\/authorize/)),
  provider('pinniped', leadsTo('pinniped', /\/oidc\/authorize/)),
  {
    name: '@immobiliarelabs/backstage-plugin-ldap-auth-backend',
    feature: 'auth/ldap',
    ...answers('/api/auth/ldap/refresh', 401, { as: 'nobody', method: 'POST', body: {} }),
  },
];

function provider(id: string, proof: Proof, moduleId = `${id}-provider`): Case {
  return {
    name: `@backstage/plugin-auth-backend-module-${id}-provider`,
    feature: `auth/${moduleId}`,
    ...proof,
  };
}
