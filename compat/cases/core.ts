import assert from 'node:assert/strict';
import type { Case } from '../src/case.ts';
import { eventually } from '../src/http.ts';
import { answers } from '../src/proofs.ts';

const GREETING = { payload: { title: 'Hello everybody', description: 'A broadcast' } };

/** What most hosts have: the app, its users' settings, notifications, permissions, the proxy. */
export const coreCases: readonly Case[] = [
  {
    name: '@backstage/plugin-app-backend',
    feature: 'app',
    proof: 'GET / → the page of the app; GET /static/main.js',
    async prove(host) {
      const page = (await host.ask('/', { as: 'nobody' })).expect(200) as string;
      assert.match(page, /<title>Compat<\/title>/);
      (await host.ask('/static/main.js', { as: 'nobody' })).expect(200);
    },
  },
  {
    name: '@backstage/plugin-devtools-backend',
    feature: 'devtools',
    proof: 'GET /api/devtools/config as a user → the configuration',
    async prove(host) {
      const answer = await host.ask('/api/devtools/config', { as: 'user' });
      answer.expect(200, { config: { organization: { name: 'Compat' } } });
    },
  },
  {
    name: '@backstage/plugin-kubernetes-backend',
    feature: 'kubernetes',
    ...answers('/api/kubernetes/clusters', 200, { as: 'user', parts: { items: [{ name: 'compat' }] } }),
  },
  {
    name: '@backstage/plugin-mcp-actions-backend',
    feature: 'mcp-actions',
    proof: 'POST /api/mcp-actions/v1 tools/list as a user → the actions of the catalog',
    async prove(host) {
      const answer = await host.ask('/api/mcp-actions/v1', {
        as: 'user',
        headers: { accept: 'application/json, text/event-stream' },
        body: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
      });
      assert.match(String(answer.expect(200)), /get-catalog-entity/);
    },
  },
  {
    name: '@backstage/plugin-notifications-backend',
    feature: 'notifications',
    proof: 'POST a broadcast, GET / as a user → 1 item; GET /status as a service → 403',
    async prove(host) {
      const broadcast = { recipients: { type: 'broadcast' }, ...GREETING };
      (await host.ask('/api/notifications', { body: broadcast })).expect(200);
      const parts = { notifications: [GREETING] };
      (await host.ask('/api/notifications', { as: 'user' })).expect(200, parts);
      (await host.ask('/api/notifications/status')).expect(403, { error: { name: 'NotAllowedError' } });
    },
  },
  {
    name: '@backstage/plugin-notifications-backend-module-email',
    feature: 'notifications/email',
    proof: 'the broadcast arrives by mail',
    async prove(host) {
      await eventually(async () => {
        assert.ok(
          host.mailbox.messages.some((message) => /Subject: Hello everybody/.test(message)),
          'no such mail',
        );
      });
    },
  },
  {
    name: '@backstage/plugin-notifications-backend-module-slack',
    feature: 'notifications/slack',
    proof: 'started; it speaks to Slack alone',
    async prove() {},
  },
  {
    name: '@backstage/plugin-permission-backend',
    feature: 'permission',
    ...answers('/api/permission/health', 200, { as: 'nobody', parts: { status: 'ok' } }),
  },
  {
    name: '@backstage/plugin-permission-backend-module-allow-all-policy',
    feature: 'permission/allow-all-policy',
    ...answers('/api/permission/authorize', 200, {
      as: 'user',
      body: { items: [{ id: 'one', permission: { type: 'basic', name: 'compat.try', attributes: {} } }] },
      parts: { items: [{ id: 'one', result: 'ALLOW' }] },
    }),
  },
  {
    name: '@backstage/plugin-proxy-backend',
    feature: 'proxy',
    proof:
      'GET /api/proxy/echo/hi?x=1 → the target sees /hi?x=1; without the flag 401, 200 with a token that is kept back',
    async prove(host) {
      host.upstream.serve('/echo', ({ url, headers }) => ({ url, token: headers.authorization ?? null }));
      (await host.ask('/api/proxy/echo/hi?x=1', { as: 'nobody' })).expect(200, { url: '/echo/hi?x=1' });
      (await host.ask('/api/proxy/closed/hi', { as: 'nobody' })).expect(401, {
        error: { name: 'AuthenticationError' },
      });
      (await host.ask('/api/proxy/closed/hi')).expect(200, { url: '/echo/hi', token: null });
    },
  },
  {
    name: '@backstage/plugin-signals-backend',
    feature: 'signals',
    ...answers('/api/signals/health', 200, { as: 'nobody', parts: { status: 'ok' } }),
  },
  {
    name: '@backstage/plugin-techdocs-backend',
    feature: 'techdocs',
    proof: 'GET the metadata and a page of the docs of a component',
    async prove(host) {
      const metadata = await host.ask('/api/techdocs/metadata/techdocs/default/component/hello', { as: 'user' });
      metadata.expect(200, { site_name: 'Hello' });
      const page = await host.ask('/api/techdocs/static/docs/default/component/hello/index.html', { as: 'user' });
      assert.match(String(page.expect(200)), /Hello from the docs/);
    },
  },
  {
    name: '@backstage/plugin-user-settings-backend',
    feature: 'user-settings',
    proof: 'PUT then GET /buckets/b/keys/k as a user → the same value; as a service → 403',
    async prove(host) {
      const path = '/api/user-settings/buckets/b/keys/k';
      const value = { colour: 'blue' };
      (await host.ask(path, { as: 'user', method: 'PUT', body: { value } })).expect(200);
      (await host.ask(path, { as: 'user' })).expect(200, { value });
      (await host.ask(path)).expect(403, { error: { name: 'NotAllowedError' } });
    },
  },
];
