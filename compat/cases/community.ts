import assert from 'node:assert/strict';
import type { Case } from '../src/case.ts';
import { eventually } from '../src/http.ts';
import { answers, trigger } from '../src/proofs.ts';

const HELLO = 'component:default/hello';

/** Plugins of the community, and of companies. */
export const communityCases: readonly Case[] = [
  {
    name: '@backstage-community/plugin-badges-backend',
    feature: 'badges',
    ...answers('/api/badges/entity/default/component/hello/badge-specs', 200, {
      as: 'user',
      parts: [{ id: 'pingback' }],
    }),
  },
  {
    name: '@backstage-community/plugin-bazaar-backend',
    feature: 'bazaar',
    proof: 'PUT a project, and read it back from its table',
    async prove(host) {
      const project = { title: 'Compat', entityRef: HELLO, community: '', description: 'Try it', status: 'proposed' };
      const wanted = { ...project, size: 'small', responsible: 'Ann', docs: '' };
      (await host.ask('/api/bazaar/projects', { as: 'user', body: wanted })).expect(200);
      const path = `/api/bazaar/projects/${encodeURIComponent(HELLO)}`;
      (await host.ask(path, { as: 'user' })).expect(200, { data: [{ title: 'Compat' }] });
    },
  },
  {
    name: '@backstage-community/plugin-code-coverage-backend',
    feature: 'code-coverage',
    ...answers('/api/code-coverage/health', 200, { as: 'nobody', parts: { status: 'ok' } }),
  },
  {
    name: '@backstage-community/plugin-jenkins-backend',
    feature: 'jenkins',
    proof: 'the builds of the job that a component of the catalog names, from Jenkins',
    async prove(host) {
      host.upstream.serve('/jenkins', () => ({
        name: 'hello',
        fullName: 'compat/hello',
        _class: 'org.jenkinsci.plugins.workflow.job.WorkflowJob',
        builds: [{ number: 7, url: 'https://jenkins.test/7', actions: [] }],
      }));
      const answer = await host.ask('/api/jenkins/v1/entity/default/component/hello/job/compat%2Fhello', {
        as: 'user',
      });
      answer.expect(200, { build: { builds: [{ number: 7 }] } });
    },
  },
  {
    name: '@backstage-community/plugin-kiali-backend',
    feature: 'kiali',
    proof: 'it asks Kiali with its token, which it also logs: masked',
    async prove(host) {
      host.upstream.serve('/kiali/', () => ({ status: { 'Kiali version': 'v2' } }));
      (await host.ask('/api/kiali/status', { as: 'user', body: {} })).expect(200, { providers: ['compat'] });
      assert.ok(host.upstream.seen.some(({ url }) => url.startsWith('/kiali/')));
      assert.match(host.log, /"serviceAccountToken":"\*\*\*"/);
    },
  },
  {
    name: '@backstage-community/plugin-lighthouse-backend',
    feature: 'lighthouse',
    proof: 'its task is scheduled',
    async prove(host) {
      const answer = await host.ask('/api/lighthouse/.backstage/scheduler/v1/tasks');
      answer.expect(200, { tasks: [{ taskId: 'lighthouse_audit' }] });
    },
  },
  {
    name: '@backstage-community/plugin-matomo-backend',
    feature: 'matomo',
    proof: 'POST a query → Matomo sees it with its token',
    async prove(host) {
      host.upstream.serve('/matomo', ({ body }) => ({ body }));
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await host.ask('/api/matomo/', { as: 'user', body: 'method=VisitsSummary.get', headers });
      assert.match(String((answer.expect(200) as { body: unknown }).body), /token_auth=matomo-secret-1/);
      (await host.ask('/api/matomo/', { as: 'user', body: 'method=Sites.delete', headers })).expect(400);
    },
  },
  {
    name: '@backstage-community/plugin-mend-backend',
    feature: 'mend',
    proof: 'GET /api/mend/project without a key → 401 from the plugin; GET /api/mend/health',
    async prove(host) {
      (await host.ask('/api/mend/health', { as: 'nobody' })).expect(200);
      (await host.ask('/api/mend/project', { as: 'user' })).expect(401, { name: 'ConfigurationError' });
    },
  },
  {
    name: '@backstage-community/plugin-nomad-backend',
    feature: 'nomad',
    proof: 'the allocations of a namespace, from Nomad, with its token',
    async prove(host) {
      host.upstream.serve('/nomad/v1/allocations', ({ headers }) => [{ ID: 'a1', token: headers['x-nomad-token'] }]);
      const answer = await host.ask('/api/nomad/v1/allocations?namespace=default&filter=x', { as: 'user' });
      answer.expect(200, [{ ID: 'a1' }]);
    },
  },
  {
    name: '@backstage-community/plugin-rollbar-backend',
    feature: 'rollbar',
    proof: 'started; it speaks to api.rollbar.com alone',
    async prove() {},
  },
  {
    name: '@backstage-community/plugin-sonarqube-backend',
    feature: 'sonarqube',
    ...answers('/api/sonarqube/instanceUrl', 200, { as: 'user', parts: {} }),
  },
  {
    name: '@backstage-community/plugin-tech-insights-backend',
    feature: 'tech-insights',
    proof: 'its fact retriever looks at the catalog, and what it found is stored',
    async prove(host) {
      await trigger(host, { plugin: 'tech-insights', id: 'entityOwnershipFactRetriever' });
      await eventually(async () => {
        const query = `entity=${HELLO}&ids[]=entityOwnershipFactRetriever`;
        const answer = await host.ask(`/api/tech-insights/facts/latest?${query}`, { as: 'user' });
        answer.expect(200, { entityOwnershipFactRetriever: { facts: { hasGroupOwner: true } } });
      });
    },
  },
  {
    name: '@backstage-community/plugin-tech-insights-backend-module-jsonfc',
    feature: 'tech-insights/json-rules-engine-fact-checker-factory',
    ...answers('/api/tech-insights/checks/run/default/Component/hello', 200, {
      as: 'user',
      body: { checks: ['groupOwnerCheck'] },
      parts: [{ check: { id: 'groupOwnerCheck' }, result: true }],
    }),
  },
  {
    name: '@backstage-community/plugin-todo-backend',
    feature: 'todo',
    proof: 'it asks the catalog where a component lies, and says that it cannot read files of the machine',
    async prove(host) {
      const answer = await host.ask(`/api/todo/v1/todos?entity=${HELLO}`, { as: 'user' });
      answer.expect(400, { error: { name: 'InputError' } });
      assert.match(answer.text, /location type for component:default\/hello, got 'file'/);
    },
  },
  {
    name: '@backstage-community/plugin-vault-backend',
    feature: 'vault',
    proof: 'the secrets below a path, from Vault',
    async prove(host) {
      host.upstream.serve('/v1/', () => ({ data: { keys: ['password'] } }));
      const answer = await host.ask('/api/vault/v1/secrets/compat', { as: 'user' });
      answer.expect(200, { items: [{ name: 'password' }] });
    },
  },
  {
    name: '@immobiliarelabs/backstage-plugin-gitlab-backend',
    feature: 'gitlab',
    proof: 'GET /api/gitlab/rest/gitlab.test/projects → GitLab sees it with its token',
    async prove(host) {
      host.upstream.serve('/gitlab/api/v4/projects', ({ headers }) => [{ id: 1, token: headers['private-token'] }]);
      const answer = await host.ask('/api/gitlab/rest/gitlab.test/projects', { as: 'user' });
      answer.expect(200, [{ id: 1, token: 'gitlab-secret-1' }]);
    },
  },
  {
    name: '@roadiehq/backstage-plugin-argo-cd-backend',
    feature: 'argocd',
    proof: 'an application, from Argo CD',
    async prove(host) {
      host.upstream.serve('/argocd/api/v1/applications', () => ({ items: [{ metadata: { name: 'hello' } }] }));
      (await host.ask('/api/argocd/allArgoApps/compat', { as: 'user' })).expect(200, {
        items: [{ metadata: { name: 'hello' } }],
      });
    },
  },
  {
    name: '@roadiehq/backstage-plugin-aws-backend',
    feature: 'aws',
    proof: 'GET a resource of an account that is not configured → 500, and the log says why',
    async prove(host) {
      (await host.ask('/api/aws/999/AWS::S3::Bucket/compat', { as: 'user' })).expect(500);
      await eventually(async () => assert.match(host.log, /There is no configuration for the account 999/));
    },
  },
  {
    name: '@roadiehq/plugin-wiz-backend',
    feature: 'wiz',
    proof: 'the issues of a project, from Wiz',
    async prove(host) {
      host.upstream.serve('/wiz/token', () => ({ access_token: 'a.b.c', expires_in: 60 }));
      host.upstream.serve('/wiz/graphql', () => ({ data: { issues: { nodes: [{ id: 'i1' }] } } }));
      const answer = await host.ask('/api/wiz/wiz-issues/p1', { as: 'user' });
      answer.expect(200, { data: { issues: { nodes: [{ id: 'i1' }] } } });
    },
  },
];
