import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Story } from '../src/case.ts';
import type { Host } from '../src/host.ts';
import { eventually } from '../src/http.ts';
import { trigger } from '../src/proofs.ts';

const REF = 'component:default/lighthouse-keeper';
const BY_NAME = '/api/catalog/entities/by-name/component/default/lighthouse-keeper';

/** The life of a component, from its file to its end. */
export const catalogStories: readonly Story[] = [
  {
    title: 'a component of a file is registered, read by name and by query, found by search, refreshed and deleted',
    async tell(host) {
      const folder = await mkdtemp(join(tmpdir(), 'compat-'));
      try {
        await liveThrough(host, join(folder, 'catalog-info.yaml'));
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  },
  {
    title: 'the catalog tells which permissions it knows, and applies conditions to entities',
    async tell(host) {
      const metadata = (await host.ask('/api/catalog/.well-known/backstage/permissions/metadata')).expect(200);
      const { permissions, rules } = metadata as { permissions: { name: string }[]; rules: { name: string }[] };
      assert.ok(permissions.some(({ name }) => name === 'catalog.entity.read'));
      assert.ok(rules.some(({ name }) => name === 'IS_ENTITY_KIND'));
      const condition = (kind: string): object => ({
        id: kind,
        resourceRef: 'component:default/hello',
        resourceType: 'catalog-entity',
        conditions: { rule: 'IS_ENTITY_KIND', resourceType: 'catalog-entity', params: { kinds: [kind] } },
      });
      const body = { items: [condition('component'), condition('api')] };
      const answer = await host.ask('/api/catalog/.well-known/backstage/permissions/apply-conditions', { body });
      answer.expect(200, { items: [{ result: 'ALLOW' }, { result: 'DENY' }] });
    },
  },
  {
    title: 'an agent calls an action of the catalog as a tool',
    async tell(host) {
      const answer = await host.ask('/api/mcp-actions/v1', {
        as: 'user',
        headers: { accept: 'application/json, text/event-stream' },
        body: {
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'get-catalog-entity', arguments: { kind: 'component', name: 'hello' } },
        },
      });
      assert.match(String(answer.expect(200)), /A component for all plugins to look at/);
    },
  },
];

async function liveThrough(host: Host, file: string): Promise<void> {
  await write(file, 'Keeper of the light');
  const location = { type: 'file', target: file };
  const made = (await host.ask('/api/catalog/locations', { as: 'user', body: location })).expect(201);
  const { id } = (made as { location: { id: string } }).location;
  await eventually(async () => {
    (await host.ask(BY_NAME, { as: 'user' })).expect(200, { metadata: { title: 'Keeper of the light' } });
  });
  const query = '/api/catalog/entities/by-query?filter=kind=component,spec.type=keeper';
  (await host.ask(query, { as: 'user' })).expect(200, { totalItems: 1 });

  await trigger(host, { plugin: 'search', id: 'search_index_software_catalog' });
  await eventually(async () => {
    const found = await host.ask('/api/search/query?term=keeper', { as: 'user' });
    found.expect(200, { results: [{ document: { title: 'Keeper of the light' } }] });
  });

  await write(file, 'Keeper of the lights');
  (await host.ask('/api/catalog/refresh', { as: 'user', body: { entityRef: REF } })).expect(200);
  await eventually(async () => {
    (await host.ask(BY_NAME, { as: 'user' })).expect(200, { metadata: { title: 'Keeper of the lights' } });
  });

  (await host.ask(`/api/catalog/locations/${id}`, { as: 'user', method: 'DELETE' })).expect(204);
  await eventually(async () => {
    (await host.ask(BY_NAME, { as: 'user' })).expect(404, { error: { name: 'NotFoundError' } });
  });
}

async function write(file: string, title: string): Promise<void> {
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'lighthouse-keeper', title },
    spec: { type: 'keeper', lifecycle: 'production', owner: 'group:default/makers' },
  };
  await writeFile(file, JSON.stringify(entity));
}
