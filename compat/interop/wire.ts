import assert from 'node:assert/strict';
import { eventually, request } from '../src/http.ts';
import { SERVICE_TOKEN } from '../src/host.ts';
import type { Deployment, Side } from './deployment.ts';

/** Something that holds between the two hosts. */
export interface WireStory {
  readonly title: string;
  tell(deployment: Deployment): Promise<void>;
}

/** What holds in one direction: a plugin of `from` and a plugin of `to`, its host being the other. */
type Directed = (deployment: Deployment, from: Side, to: Side) => Promise<void>;

const GUEST = { type: 'user', userEntityRef: 'user:development/guest' };

/** All that is agreed on between processes. */
export const wireStories: readonly WireStory[] = [
  ...bothWays('a plugin calls a plugin in its own name', async (deployment, from, to) => {
    const answer = await deployment.ask(from, `/call/${to}-probe`, { token: SERVICE_TOKEN });
    const principal = { type: 'service', subject: `plugin:${from}-probe` };
    answer.expect(200, { status: 200, body: { plugin: `${to}-probe`, principal } });
  }),
  ...bothWays('a plugin calls a plugin on behalf of a user', async (deployment, from, to) => {
    const token = await deployment.signIn();
    const answer = await deployment.ask(from, `/call/${to}-probe?as=caller`, { token });
    const actor = { type: 'service', subject: `plugin:${from}-probe` };
    answer.expect(200, { status: 200, body: { principal: { ...GUEST, actor } } });
  }),
  ...bothWays('a user who signed in is known, and what the user owns', async (deployment, from) => {
    const token = await deployment.signIn();
    (await deployment.ask(from, '/whoami', { token })).expect(200, { principal: GUEST });
    const info = { userEntityRef: GUEST.userEntityRef, ownershipEntityRefs: [GUEST.userEntityRef] };
    (await deployment.ask(from, '/info', { token })).expect(200, info);
  }),
  ...bothWays('a call on behalf of a user passes through both hosts', async (deployment, from, to) => {
    const token = await deployment.signIn();
    const path = encodeURIComponent('/info');
    const answer = await deployment.ask(from, `/call/${to}-probe?as=caller&path=${path}`, { token });
    answer.expect(200, { status: 200, body: { userEntityRef: GUEST.userEntityRef } });
  }),
  ...bothWays('a caller from outside is known by its token', async (deployment, from) => {
    const principal = { type: 'service', subject: 'compat' };
    (await deployment.ask(from, '/whoami', { token: SERVICE_TOKEN })).expect(200, { principal });
    (await deployment.ask(from, '/whoami', { token: 'no-such-token' })).expect(401);
    (await deployment.ask(from, '/whoami')).expect(401);
  }),
  ...bothWays(
    'a cookie of one host lets the user in at the other, where that is allowed',
    async (deployment, from, to) => {
      const token = await deployment.signIn();
      const session = await deployment.ask(from, '/session', { token, method: 'POST' });
      session.expect(200);
      const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      assert.match(cookie, /^backstage-auth=/);
      (await deployment.ask(to, '/cookie/whoami', { headers: { cookie } })).expect(200, { principal: GUEST });
      (await deployment.ask(to, '/whoami', { headers: { cookie } })).expect(401);
    },
  ),
  ...bothWays('a token for one plugin is refused by another', async (deployment, from, to) => {
    const answer = await deployment.ask(from, `/call/${to}-probe?audience=events`, { token: SERVICE_TOKEN });
    answer.expect(200, { status: 401, body: { error: { name: 'AuthenticationError' } } });
  }),
  ...bothWays('the keys with which tokens are checked are published', async (deployment, from) => {
    await deployment.ask(from, `/call/${from}-probe`, { token: SERVICE_TOKEN });
    const keys = (await deployment.ask(from, '/.backstage/auth/v1/jwks.json')).expect(200) as { keys: object[] };
    assert.partialDeepStrictEqual(keys.keys[0], { kty: 'EC', crv: 'P-256', alg: 'ES256' });
  }),
  ...bothWays('the policy of the deployment decides, wherever it runs', async (deployment, from) => {
    const token = await deployment.signIn();
    (await deployment.ask(from, '/decide', { token })).expect(200, [{ result: 'ALLOW' }, { result: 'DENY' }]);
  }),
  ...bothWays('an event is received in the other process', async (deployment, from, to) => {
    const body = { from, at: Date.now() };
    // The other process may not have subscribed yet, if the bus started after it.
    await eventually(async () => {
      (await deployment.ask(from, '/publish', { token: SERVICE_TOKEN, body })).expect(202);
      const answer = await deployment.ask(to, '/received', { token: SERVICE_TOKEN });
      const { received } = answer.expect(200) as { received: { eventPayload: unknown }[] };
      assert.ok(
        received.some(({ eventPayload }) => JSON.stringify(eventPayload) === JSON.stringify(body)),
        `it received ${JSON.stringify(received)}`,
      );
    });
  }),
  {
    title: 'errors have the same form',
    async tell(deployment) {
      for (const kind of ['input', 'conflict', 'missing']) {
        const bodies = await Promise.all(
          (['bulkhead', 'backstage'] as const).map(async (side) => {
            const answer = await deployment.ask(side, `/fail/${kind}`);
            const { error, request: asked, response } = answer.json as Record<string, Record<string, unknown>>;
            // Ours tells the whole path, theirs what lies below the plugin.
            assert.match(String(asked?.url), new RegExp(`/fail/${kind}$`));
            const { method } = asked ?? {};
            return { status: answer.status, name: error?.name, message: error?.message, method, response };
          }),
        );
        assert.deepEqual(bodies[0], bodies[1]);
      }
    },
  },
  {
    title: 'both tell their health in the same way',
    async tell(deployment) {
      for (const side of ['bulkhead', 'backstage'] as const) {
        for (const kind of ['liveness', 'readiness']) {
          const answer = await request(`${deployment.url(side)}/.backstage/health/v1/${kind}`);
          answer.expect(200, { status: 'ok' });
        }
      }
    },
  },
  {
    title: 'permissions of plugins are described in the same way',
    async tell(deployment) {
      const path = '/.well-known/backstage/permissions/metadata';
      const [ours, theirs] = await Promise.all(
        (['bulkhead', 'backstage'] as const).map(async (side) =>
          (await deployment.ask(side, path, { token: SERVICE_TOKEN })).expect(200),
        ),
      );
      assert.deepEqual(ours, theirs);
    },
  },
];

function bothWays(title: string, tell: Directed): readonly WireStory[] {
  const directions = [
    ['bulkhead', 'backstage'],
    ['backstage', 'bulkhead'],
  ] as const;
  return directions.map(([from, to]) => ({
    title: `${title} (${from} → ${to})`,
    tell: (deployment) => tell(deployment, from, to),
  }));
}
