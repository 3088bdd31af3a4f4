import assert from 'node:assert/strict';
import type { Case } from '../src/case.ts';
import { eventually } from '../src/http.ts';
import { answers, fetches, schedules, trigger } from '../src/proofs.ts';

/** Search, its engine, and what collects documents for it. */
export const searchCases: readonly Case[] = [
  {
    name: '@backstage/plugin-search-backend',
    feature: 'search',
    ...answers('/api/search/query?term=', 200, { as: 'user', parts: { results: [] } }),
  },
  {
    name: '@backstage/plugin-search-backend-module-pg',
    feature: 'search/postgres-engine',
    proof: 'what is collected lies in a table of PostgreSQL',
    async prove(host) {
      await trigger(host, { plugin: 'search', id: 'search_index_software_catalog' });
      const client = await host.database.client();
      await eventually(async () => {
        const { rows } = await client.raw<{ rows: { schema: string }[] }>(
          `select table_schema as schema from information_schema.tables where table_name = 'documents'`,
        );
        assert.equal(rows.length, 1);
        const [{ count }] = (await client
          .withSchema(rows[0]?.schema ?? '')
          .from('documents')
          .count()) as [{ count: string }];
        assert.ok(Number(count) > 0, 'the table is empty');
      });
    },
  },
  {
    name: '@backstage/plugin-search-backend-module-catalog',
    feature: 'search/catalog-collator',
    proof: 'GET /api/search/query?term=hello → the component',
    async prove(host) {
      await eventually(async () => {
        const query = '/api/search/query?term=hello&types[0]=software-catalog';
        (await host.ask(query, { as: 'user' })).expect(200, { results: [{ document: { title: 'Hello' } }] });
      });
    },
  },
  {
    name: '@backstage/plugin-search-backend-module-explore',
    feature: 'search/explore-collator',
    ...schedules('search', 'search_index_tools'),
  },
  {
    name: '@backstage/plugin-search-backend-module-stack-overflow-collator',
    feature: 'search/stack-overflow-collator',
    proof: 'a question of Stack Overflow is found',
    async prove(host) {
      host.upstream.serve('/stackoverflow/questions', () => ({
        items: [
          { title: 'How to compat', link: 'https://so.test/1', owner: { display_name: 'Ann' }, tags: [], answers: 1 },
        ],
        has_more: false,
      }));
      await trigger(host, { plugin: 'search', id: 'search_index_stack_overflow' });
      await eventually(async () => {
        const query = '/api/search/query?term=compat&types[0]=stack-overflow';
        (await host.ask(query, { as: 'user' })).expect(200, { results: [{ document: { title: 'How to compat' } }] });
      });
    },
  },
  {
    name: '@backstage/plugin-search-backend-module-techdocs',
    feature: 'search/techdocs-collator',
    ...schedules('search', 'search_index_techdocs'),
  },
  {
    name: '@backstage-community/plugin-search-backend-module-confluence-collator',
    feature: 'search/confluence-collator',
    ...fetches({ plugin: 'search', id: 'search_index_confluence', url: /^\/confluence\// }),
  },
  {
    name: '@backstage-community/plugin-search-backend-module-azure-devops',
    feature: 'search/azure-devops',
    ...schedules('search', 'search_index_azure_devops-wiki-article'),
  },
];
