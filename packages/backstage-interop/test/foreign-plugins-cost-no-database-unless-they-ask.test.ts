import { expect, it } from '@jest/globals';
import type { DatabaseService } from '@bulkhead/backend-plugin-api';
import { startTestBackend, TestDatabase } from '@bulkhead/backend-test-utils';

interface Deps {
  readonly database: DatabaseService;
}

function plugin(pluginId: string, names: readonly string[], init: (deps: Deps) => Promise<void> = async () => {}) {
  const ref = (name: string) => ({ $$type: '@backstage/ServiceRef', id: `core.${name}`, scope: 'plugin' });
  const deps = Object.fromEntries(names.map((name) => [name, ref(name)]));
  return {
    $$type: '@backstage/BackendFeature',
    version: 'v1',
    featureType: 'registrations',
    getRegistrations: () => [{ type: 'plugin-v1.1', pluginId, extensionPoints: [], init: { deps, func: init } }],
  } as const;
}

it('a plugin has a schema and a role once it asks for its client, and not before', async () => {
  await using database = await TestDatabase.create();
  const features = [
    plugin('idle', []),
    plugin('http-only', ['httpRouter', 'httpAuth', 'auth', 'logger', 'rootConfig']),
    plugin('not-yet', ['database']),
    plugin('stores', ['database'], async (deps) => void (await (await deps.database.getClient()).raw('select 1'))),
  ];
  await using backend = await startTestBackend({ features, database });
  await backend.agent.get('/api/idle/x').expect(404);
  const admin = await database.client();
  const owned = (table: string, column: string): Promise<unknown> =>
    admin(table).pluck(column).where(column, 'like', `${database.name}_plugin_%`);
  expect(await owned('pg_namespace', 'nspname')).toEqual([`${database.name}_plugin_stores`]);
  expect(await owned('pg_roles', 'rolname')).toEqual([`${database.name}_plugin_stores`]);
});
