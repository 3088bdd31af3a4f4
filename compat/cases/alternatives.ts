import assert from 'node:assert/strict';
import type { Case } from '../src/case.ts';

/** What takes the place of another package of which a host can have only one, and what it extends. */
export const alternativeCases: readonly Case[] = [
  {
    name: '@parsifal-m/plugin-permission-backend-module-opa-wrapper',
    feature: 'permission/opa-wrapper',
    proof: 'POST /api/permission/authorize → what Open Policy Agent decides',
    async prove(host) {
      host.upstream.serve('/v1/data/compat/decision', ({ body }) => {
        const { input } = JSON.parse(body) as { input: { permission: { name: string } } };
        return { result: { result: input.permission.name === 'compat.try' ? 'DENY' : 'ALLOW' } };
      });
      const items = ['compat.try', 'compat.other'].map((name) => ({
        id: name,
        permission: { type: 'basic', name, attributes: {} },
      }));
      const answer = await host.ask('/api/permission/authorize', { as: 'user', body: { items } });
      answer.expect(200, { items: [{ result: 'DENY' }, { result: 'ALLOW' }] });
    },
  },
  {
    name: '@backstage/plugin-search-backend-module-elasticsearch',
    feature: 'search/elasticsearch-engine',
    proof: 'GET /api/search/query → what OpenSearch finds',
    async prove(host) {
      const found = {
        _index: 'stack-overflow-index__1',
        _source: { title: 'Found', text: 'Here', location: '/found' },
      };
      const answer = { took: 1, hits: { total: { value: 1, relation: 'eq' }, hits: [found] } };
      host.upstream.serve('/opensearch', ({ url }) => (/_search/.test(url) ? answer : {}));
      const query = '/api/search/query?term=lighthouse';
      (await host.ask(query, { as: 'user' })).expect(200, { results: [{ document: { title: 'Found' } }] });
      const asked = host.upstream.seen.filter(({ url }) => /^\/opensearch.*_search/.test(url));
      assert.match(asked.map(({ body }) => body).join(), /lighthouse/);
    },
  },
];

/** What they extend. These are proved in the other host. */
export const alternativeBase: readonly string[] = [
  '@backstage/plugin-auth-backend',
  '@backstage/plugin-auth-backend-module-guest-provider',
  '@backstage/plugin-permission-backend',
  '@backstage/plugin-search-backend',
  '@backstage/plugin-search-backend-module-stack-overflow-collator',
];
