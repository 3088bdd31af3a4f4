import assert from 'node:assert/strict';
import type { Case } from '../src/case.ts';
import { eventually } from '../src/http.ts';
import { answers, fetches, schedules, type Proof } from '../src/proofs.ts';

const BY_NAME = '/api/catalog/entities/by-name';

/** The catalog, and where it takes entities from. */
export const catalogCases: readonly Case[] = [
  {
    name: '@backstage/plugin-catalog-backend',
    feature: 'catalog',
    proof: 'an entity of a file by its name; unknown parameter → 400; openapi.json',
    async prove(host) {
      await eventually(async () => {
        (await host.ask(`${BY_NAME}/component/default/hello`)).expect(200, { metadata: { name: 'hello' } });
      });
      (await host.ask('/api/catalog/entities?nonsense=1')).expect(400, { error: { name: 'InputError' } });
      (await host.ask('/api/catalog/openapi.json')).expect(200, { info: { title: 'catalog' } });
    },
  },
  source('aws', 'aws-s3-entity-provider', schedules('catalog', 'awsS3-provider:default:refresh')),
  source('backstage-openapi', 'meta-api-docs', {
    proof: 'an API entity made of the contracts of catalog and search',
    async prove(host) {
      await eventually(async () => {
        const apis = (await host.ask('/api/catalog/entities?filter=kind=api')).expect(200) as {
          spec: { definition: string };
        }[];
        assert.ok(
          apis.some(({ spec }) => /\/api\/search/.test(spec.definition)),
          'no such API entity',
        );
      });
    },
  }),
  source(
    'bitbucket-server',
    'bitbucket-server-entity-provider',
    fetches({ plugin: 'catalog', id: 'bitbucketServer-provider:compat:refresh', url: /^\/bitbucket\/rest\/api/ }),
  ),
  source('gcp', 'gcp-gke-entity-provider', schedules('catalog', 'gcp-gke:refresh')),
  source(
    'gerrit',
    'gerrit-entity-provider',
    fetches({ plugin: 'catalog', id: 'gerrit-provider:compat:refresh', url: /^\/gerrit\/projects/ }),
  ),
  source(
    'gitea',
    'gitea',
    fetches({ plugin: 'catalog', id: 'gitea-provider:compat:refresh', url: /^\/gitea\/api\/v1/ }),
  ),
  source(
    'github',
    'github',
    fetches({ plugin: 'catalog', id: 'github-provider:compat:refresh', url: /^\/github\/graphql/ }),
  ),
  source(
    'github-org',
    'github-org-entity-provider',
    fetches({ plugin: 'catalog', id: 'GithubMultiOrgEntityProvider:compat:refresh', url: /^\/github\/graphql/ }),
  ),
  source(
    'gitlab',
    'gitlab-discovery-entity-provider',
    fetches({
      plugin: 'catalog',
      id: 'GitlabDiscoveryEntityProvider:compat:refresh',
      url: /^\/gitlab\/api\/v4\/groups/,
    }),
  ),
  source(
    'gitlab-org',
    'gitlabOrgDiscoveryEntityProvider',
    fetches({
      plugin: 'catalog',
      id: 'GitlabOrgDiscoveryEntityProvider:compat:refresh',
      url: /^\/gitlab\/api\/v4\/(users|groups)/,
    }),
  ),
  source('incremental-ingestion', 'incremental-ingestion-entity-provider', {
    proof: 'a page of entities becomes part of the catalog',
    async prove(host) {
      (await host.ask('/api/catalog/incremental/health')).expect(200, { healthy: true });
      await eventually(async () => {
        (await host.ask(`${BY_NAME}/system/default/ingested`)).expect(200);
      });
    },
  }),
  source('ldap', 'ldapOrgEntityProvider', schedules('catalog', 'LdapOrgEntityProvider:compat:refresh')),
  source('logs', 'logs', {
    proof: 'what the catalog could not read is logged',
    async prove(host) {
      const location = { type: 'url', target: `${host.upstream.url}/no-such-file.yaml` };
      (await host.ask('/api/catalog/locations', { body: location })).expect(201);
      await eventually(async () => assert.match(host.log, /no-such-file\.yaml/));
    },
  }),
  source(
    'msgraph',
    'microsoftGraphOrgEntityProvider',
    schedules('catalog', 'MicrosoftGraphOrgEntityProvider:compat:refresh'),
  ),
  source('openapi', 'json-schema-ref-placeholder-resolver', {
    proof: 'an API entity whose definition has taken in what it refers to',
    async prove(host) {
      await eventually(async () => {
        const api = (await host.ask(`${BY_NAME}/api/default/petshop`)).expect(200) as { spec: { definition: string } };
        assert.match(api.spec.definition, /All the pets/);
      });
    },
  }),
  source('puppetdb', 'puppetdb-entity-provider', {
    proof: 'a resource made of a node of PuppetDB',
    async prove(host) {
      host.upstream.serve('/pdb/query', () => [
        {
          certname: 'node-1',
          timestamp: '2026-01-01T00:00:00Z',
          facts: { data: [{ name: 'clientnoop', value: false }] },
        },
      ]);
      await fetches({ plugin: 'catalog', id: 'puppetdb-provider:compat:refresh', url: /^\/pdb\/query/ }).prove(host);
      await eventually(async () => {
        (await host.ask(`${BY_NAME}/resource/default/node-1`)).expect(200);
      });
    },
  }),
  source('scaffolder-entity-model', 'scaffolder-entity-model', {
    proof: 'the catalog takes templates',
    async prove(host) {
      await eventually(async () => {
        (await host.ask(`${BY_NAME}/template/default/wait-a-moment`)).expect(200, { kind: 'Template' });
      });
    },
  }),
  source(
    'unprocessed',
    'catalog-module-unprocessed-entities',
    answers('/api/catalog/entities/unprocessed/pending', 200, { as: 'user', parts: { type: 'pending' } }),
  ),
  {
    name: '@backstage-community/plugin-3scale-backend',
    feature: 'catalog/catalog-backend-module-threescale',
    ...fetches({ plugin: 'catalog', id: 'ThreeScaleApiEntityProvider:compat:run', url: /^\/threescale\/admin\/api/ }),
  },
  {
    name: '@backstage-community/plugin-catalog-backend-module-scaffolder-relation-processor',
    feature: 'catalog/scaffolder-relation-processor',
    proof: 'a component is related to the template that it was made from',
    async prove(host) {
      const relations = [{ type: 'scaffoldedFrom', targetRef: 'template:default/wait-a-moment' }];
      await eventually(async () => {
        (await host.ask(`${BY_NAME}/component/default/made`)).expect(200, { relations });
      });
    },
  },
  {
    name: '@backstage-community/plugin-catalog-backend-module-keycloak',
    feature: 'catalog/catalog-backend-module-keycloak',
    ...fetches({ plugin: 'catalog', id: 'KeycloakOrgEntityProvider:default:refresh', url: /^\/keycloak\/realms/ }),
  },
  {
    name: '@backstage-community/plugin-catalog-backend-module-pingidentity',
    feature: 'catalog/pingidentity',
    ...fetches({ plugin: 'catalog', id: 'PingIdentityEntityProvider:default:refresh', url: /^\/ping\// }),
  },
];

function source(id: string, moduleId: string, proof: Proof): Case {
  return { name: `@backstage/plugin-catalog-backend-module-${id}`, feature: `catalog/${moduleId}`, ...proof };
}
