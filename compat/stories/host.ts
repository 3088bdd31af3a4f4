import assert from 'node:assert/strict';
import type { Story } from '../src/case.ts';
import { eventually } from '../src/http.ts';

/** Plugins of the host that ask for no database. */
const WITHOUT_DATABASE = ['devtools', 'jenkins', 'kubernetes', 'nomad', 'permission', 'proxy', 'sonarqube', 'techdocs'];

/** What the host does for plugins that nobody here wrote. */
export const hostStories: readonly Story[] = [
  {
    title: 'plugins that ask for no database have no schema and no role, all others their own',
    async tell(host) {
      const client = await host.database.client();
      const names = async (sql: string): Promise<readonly string[]> =>
        (await client.raw<{ rows: { name: string }[] }>(sql)).rows.map(({ name }) => name);
      const schemas = await names('select nspname as name from pg_namespace');
      const roles = await names('select rolname as name from pg_roles');
      for (const pluginId of WITHOUT_DATABASE) {
        const own = [...schemas, ...roles].filter((name) => name.endsWith(`_plugin_${pluginId}`));
        assert.deepEqual(own, [], `${pluginId} asks for no database`);
      }
      for (const pluginId of ['catalog', 'scaffolder', 'notifications', 'bazaar']) {
        assert.ok(
          schemas.some((name) => name.endsWith(`_plugin_${pluginId}`)),
          `${pluginId} has no schema`,
        );
      }
    },
  },
  {
    title: 'secrets of plugins that the host does not know are masked in its log',
    async tell(host) {
      (await host.ask('/api/compat-probe/say-secrets')).expect(200);
      await eventually(async () => assert.match(host.log, /the key of Jenkins is \*\*\*/));
      assert.match(host.log, /the token of GitHub is \*\*\*/);
      assert.doesNotMatch(host.log, /(jenkins|github|gitlab|vault|nomad)-secret-1/);
    },
  },
  {
    title: 'all plugins are ready, in the health of the host, too',
    async tell(host) {
      const live = await host.ask('/.backstage/health/v1/liveness', { as: 'nobody' });
      live.expect(200, { status: 'ok' });
      const ready = await host.ask('/.backstage/health/v1/readiness', { as: 'nobody' });
      ready.expect(200, { status: 'ok' });
    },
  },
  {
    title: 'callers without credentials are refused by every plugin that does not open its paths',
    async tell(host) {
      for (const path of ['catalog/entities', 'scaffolder/v2/tasks', 'jenkins/v1/x', 'notifications', 'techdocs/x']) {
        const answer = await host.ask(`/api/${path}`, { as: 'nobody' });
        answer.expect(401, { error: { name: 'AuthenticationError' }, response: { statusCode: 401 } });
      }
    },
  },
];

/** The last story: told when nothing else is asked of the host. */
export const shutdownStory: Story = {
  title: 'SIGTERM ends the process at once though subscribers wait for events, with code 0',
  async tell(host) {
    const subscription = '/api/events/bus/v1/subscriptions/compat-waiting';
    (await host.ask(subscription, { method: 'PUT', body: { topics: ['never'] } })).expect(201);
    const waiting = host.ask(`${subscription}/events`);
    await eventually(async () => assert.match(host.log, /compat-waiting/));
    const [code, answer] = await Promise.all([host.end(), waiting]);
    assert.equal(code, 0);
    // It has ended as it does when there are events, and was not waited for until it was cut off.
    answer.expect(202);
    assert.doesNotMatch(host.log, /requests took longer/);
  },
};
