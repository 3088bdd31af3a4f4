import type { RootConfigService } from '@bulkhead/backend-plugin-api';
import { createMutableConfig } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';

const CLIENT = 'backend.database.client';

/**
 * The configuration as published plugins read it: some ask there, and not the database, for the kind of database. It is
 * always PostgreSQL, so nobody has to write it down.
 */
export function rootConfigView(config: RootConfigService): RootConfigService {
  if (config.has(CLIENT)) return config;
  const view = createMutableConfig(withClient(config.get<JsonObject>()));
  config.subscribe?.(() => void view.set(withClient(config.get<JsonObject>())));
  return view.config;
}

function withClient(tree: JsonObject): JsonObject {
  const backend = tree.backend as JsonObject | undefined;
  const database = backend?.database as JsonObject | undefined;
  return { ...tree, backend: { ...backend, database: { client: 'pg', ...database } } };
}
